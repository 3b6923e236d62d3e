package io.picklift.schema.residue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
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
  private final ResidueParts parts;
  private final byte[] plain;
  private final int size;
  private final int opsStart;
  private final ValueNotes notes;

  private Residue(ResidueParts parts, int version) throws DamagedException {
    this.parts = parts;
    plain = parts.plain;
    size = parts.size;
    opsStart = parts.start(ResidueParts.OPS);
    if (parts.length(ResidueParts.OPS) != size) {
      throw new DamagedException("the residue has parts that do not add up");
    }
    notes = ValueNotes.read(version, parts);
  }

  /**
   * Unpacks what {@link ResidueWriter#write} gave.
   *
   * @throws LimitException where it unpacks to more than a save may take
   */
  public static Residue read(byte[] residue, Limits limits)
      throws DamagedException, LimitException {
    int version = residue.length < 2 ? 0 : residue[0];
    if (version != SecondVersion.VERSION && version != ResidueMessage.VERSION) {
      throw new DamagedException("the residue is of no version that is known here");
    }
    byte[] packed = Arrays.copyOfRange(residue, 1, residue.length);
    try {
      long length = Zstd.getFrameContentSize(packed);
      if (length <= 0 || length > Integer.MAX_VALUE - 8) {
        throw new DamagedException("the residue has a length out of range");
      }
      Memory.beside(residue.length, limits).need(length);
      byte[] plain = unpacked(packed, (int) length);
      return new Residue(
          version == SecondVersion.VERSION ? SecondVersion.read(plain) : ResidueMessage.read(plain),
          version);
    } catch (ZstdException e) {
      throw new DamagedException("the residue cannot be unpacked");
    }
  }

  private static byte[] unpacked(byte[] packed, int length) {
    ZstdDecompressCtx context = ZstdContexts.DECOMPRESS.take();
    try {
      return context.decompress(packed, length);
    } finally {
      ZstdContexts.DECOMPRESS.giveBack(context);
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
    return parts.style;
  }

  /** Whether the node's value is in a row. */
  public boolean isTaken(int node) {
    return (plain[opsStart + node] & ResidueWriter.TAKEN) != 0;
  }

  /** For a taken node the op that stands for its kind, for another its own. */
  public int op(int node) {
    int op = plain[opsStart + node];
    return op & 0x3f;
  }

  boolean isPut(int node) {
    return (plain[opsStart + node] & ResidueWriter.PUT) != 0;
  }

  /** How many bytes {@link #pool} has. */
  public int textLength() {
    return parts.length(ResidueParts.TEXT);
  }

  /** The text that stayed: values to be filled in may be put behind it. */
  public ByteOutput pool() {
    ByteOutput pool = new ByteOutput();
    pool.put(plain, parts.start(ResidueParts.TEXT), textLength());
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
    GraphReplay replay = new GraphReplay(this, builder, values);
    if (parts.order == ResidueWriter.IN_ORDER) {
      replay.inOrder();
    } else {
      replay.explicit();
    }
    for (int node : parts.readonly) {
      builder.markReadonly(node);
    }
    int[] discards = parts.discards;
    for (int i = 0; i < discards.length; i += 2) {
      builder.discard(discards[i], discards[i + 1]);
    }
    return builder.build(parts.root, parts.style);
  }

  /** What it says of values beside those that were taken. */
  public ValueNotes notes() {
    return notes;
  }

  ResidueParts parts() {
    return parts;
  }

  /** Whether {@code op} is one that a taken node may have. */
  static boolean isValue(int op) {
    return op >= Op.NEWTRUE && op <= Op.BYTEARRAY8;
  }
}
