package io.picklift.schema.residue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.bytes.ByteInput;
import io.picklift.codec.bytes.ByteOutput;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.GraphBuilder;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.PickleStyle;
import io.picklift.codec.model.SaveGraph;
import java.util.Arrays;

/**
 * A residue that was unpacked: what {@link ResidueWriter} wrote. Graphs are built from it as often
 * as one likes, each time with other values in the places of those that were taken.
 */
public final class Residue {
  private static final int OLD_PARTS = 10;

  /** Where the text stands that stayed. */
  private static final int TEXT = 9;

  private static final int NOTES = 10;

  /** The oldest version that is read. */
  private static final int OLDEST = 2;

  private final byte[] plain;
  private final int order;
  private final int size;
  private final int edgeCount;
  private final int chunkCount;
  private final int root;
  private final PickleStyle style;
  private final int[] readonly;
  private final int[] discards;
  private final int[] partStarts;
  private final ValueNotes notes;

  private Residue(byte[] plain, int version) throws DamagedException {
    this.plain = plain;
    int parts = version < ValueNotes.SINCE ? OLD_PARTS : OLD_PARTS + 1;
    partStarts = new int[parts + 1];
    ByteInput in = new ByteInput(plain, 0, plain.length, "the residue");
    order = in.next();
    size = in.count(Integer.MAX_VALUE - 8);
    edgeCount = in.count(Integer.MAX_VALUE - 8);
    chunkCount = in.count(Integer.MAX_VALUE - 8);
    root = in.count(Math.max(0, size - 1));
    style = style(in);
    readonly = numbers(in);
    discards = new int[in.count(in.left())];
    if (discards.length % 2 != 0) {
      throw new DamagedException("the residue throws away what is not there");
    }
    for (int i = 0; i < discards.length; i++) {
      discards[i] = in.count(Math.max(0, size - 1));
    }
    int[] lengths = new int[parts];
    for (int i = 0; i < parts; i++) {
      lengths[i] = in.count(plain.length);
    }
    partStarts[0] = in.position();
    for (int i = 0; i < parts; i++) {
      partStarts[i + 1] = partStarts[i] + lengths[i];
    }
    if (partStarts[parts] != plain.length || lengths[0] != size) {
      throw new DamagedException("the residue has parts that do not add up");
    }
    notes = ValueNotes.read(version, size, parts > NOTES ? part(NOTES) : null);
  }

  /**
   * Unpacks what {@link ResidueWriter#write} gave.
   *
   * @throws LimitException where it unpacks to more than a save may take
   */
  public static Residue read(byte[] residue, Limits limits)
      throws DamagedException, LimitException {
    if (residue.length < 2 || residue[0] < OLDEST || residue[0] > ResidueWriter.VERSION) {
      throw new DamagedException("the residue is of no version that is known here");
    }
    byte[] packed = Arrays.copyOfRange(residue, 1, residue.length);
    try {
      long length = Zstd.getFrameContentSize(packed);
      if (length <= 0 || length > Integer.MAX_VALUE - 8) {
        throw new DamagedException("the residue has a length out of range");
      }
      Memory.beside(residue.length, limits).need(length);
      return new Residue(Zstd.decompress(packed, (int) length), residue[0]);
    } catch (ZstdException e) {
      throw new DamagedException("the residue cannot be unpacked");
    }
  }

  /** The bytes of heap that it takes. */
  public long footprint() {
    return plain.length;
  }

  /** How many nodes its graph has. */
  public int size() {
    return size;
  }

  public PickleStyle style() {
    return style;
  }

  /** Whether the node's value is in a row. */
  public boolean isTaken(int node) {
    return (plain[partStarts[0] + node] & ResidueWriter.TAKEN) != 0;
  }

  /** For a taken node the op that stands for its kind, for another its own. */
  public int op(int node) {
    int op = plain[partStarts[0] + node];
    return op & 0x3f;
  }

  boolean isPut(int node) {
    return (plain[partStarts[0] + node] & ResidueWriter.PUT) != 0;
  }

  /** How many bytes {@link #pool} has. */
  public int textLength() {
    return partStarts[TEXT + 1] - partStarts[TEXT];
  }

  /** The text that stayed: values to be filled in may be put behind it. */
  public ByteOutput pool() {
    ByteOutput pool = new ByteOutput();
    pool.put(plain, partStarts[TEXT], textLength());
    return pool;
  }

  /**
   * Builds the graph.
   *
   * @param pool the bytes that slices are of: {@link #pool} with more behind it
   * @param values of the taken nodes
   */
  public SaveGraph build(byte[] pool, NodeValues values) throws DamagedException {
    GraphBuilder builder = new GraphBuilder().reset(pool);
    Replay replay = new Replay(this, builder, values);
    if (order == ResidueWriter.IN_ORDER) {
      replay.inOrder();
    } else {
      replay.explicit();
    }
    for (int node : readonly) {
      builder.markReadonly(node);
    }
    for (int i = 0; i < discards.length; i += 2) {
      builder.discard(discards[i], discards[i + 1]);
    }
    return builder.build(root, style);
  }

  /** What it says of values beside those that were taken. */
  public ValueNotes notes() {
    return notes;
  }

  /** A part, to read from its start. */
  final ByteInput part(int number) {
    return new ByteInput(plain, partStarts[number], partStarts[number + 1], "the residue");
  }

  int edgeCount() {
    return edgeCount;
  }

  int chunkCount() {
    return chunkCount;
  }

  private int[] numbers(ByteInput in) throws DamagedException {
    int[] numbers = new int[in.count(Math.min(size, in.left()))];
    long last = 0;
    for (int i = 0; i < numbers.length; i++) {
      last += in.count(size);
      if (last >= size) {
        throw new DamagedException("the residue names a node that is not there");
      }
      numbers[i] = (int) last;
    }
    return numbers;
  }

  private static PickleStyle style(ByteInput in) throws DamagedException {
    int protocol = in.count(255);
    int flags = in.next();
    int putBase = (int) in.zigzag64();
    long bodyLength = in.zigzag64();
    long[] frames = new long[in.count(in.left())];
    long last = 0;
    for (int i = 0; i < frames.length; i++) {
      last += in.zigzag64();
      frames[i] = last;
    }
    int length = in.count(in.left());
    int from = in.skip(length);
    byte[] trailing = Arrays.copyOfRange(in.array(), from, from + length);
    return new PickleStyle(
        protocol, (flags & 1) != 0, putBase, frames, bodyLength, trailing, (flags & 2) != 0);
  }

  /** Whether {@code op} is one that a taken node may have. */
  static boolean isValue(int op) {
    return op >= Op.NEWTRUE && op <= Op.BYTEARRAY8;
  }
}
