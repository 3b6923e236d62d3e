package io.picklift.schema.residue;

import io.picklift.codec.bytes.ByteInput;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.model.PickleStyle;
import java.util.Arrays;

/** What an unpacked residue says of the whole pickle, and where its parts lie. */
final class ResidueParts {
  static final int OPS = 0;
  static final int COUNTS = 1;
  static final int GAPS = 2;
  static final int LINKS = 3;
  static final int KEYS = 4;
  static final int NUMBERS = 5;
  static final int FLOATS = 6;
  static final int LENGTHS = 7;

  /** The tokens of all contexts; where each has its own, {@link #tokens} tells. */
  static final int TOKENS = 8;

  static final int TEXT = 9;
  static final int NOTE_NODES = 10;
  static final int NOTE_FLAGS = 11;
  static final int NOTE_OFFSETS = 12;
  static final int NOTE_CHECKS = 13;
  static final int SPLIT = 14;
  static final int ARRAY_NODES = 15;
  static final int ARRAY_CHECKS = 16;
  static final int COUNT = 17;

  final byte[] plain;
  int order;
  int size;
  int edgeCount;
  int chunkCount;
  int root;
  PickleStyle style = PickleStyle.ofProtocol(0);
  int[] readonly = {};
  int[] discards = {};
  private final int[] starts = new int[COUNT];
  private final int[] ends = new int[COUNT];
  private final int[] tokenStarts = new int[LinkContexts.COUNT];
  private final int[] tokenEnds = new int[LinkContexts.COUNT];

  ResidueParts(byte[] plain) {
    this.plain = plain;
  }

  void part(int number, int start, int length) {
    starts[number] = start;
    ends[number] = start + length;
  }

  int start(int number) {
    return starts[number];
  }

  int length(int number) {
    return ends[number] - starts[number];
  }

  ByteInput cursor(int number) {
    return new ByteInput(plain, starts[number], ends[number], "the residue");
  }

  /** Notes where the tokens of a context are. */
  void tokens(int context, int start, int end) throws DamagedException {
    if (context >= LinkContexts.COUNT || tokenEnds[context] > 0) {
      throw new DamagedException("the residue has links of a sort that is not there");
    }
    tokenStarts[context] = start;
    tokenEnds[context] = end;
  }

  ByteInput tokens(int context) {
    return new ByteInput(plain, tokenStarts[context], tokenEnds[context], "the residue");
  }

  /** Nodes, each given as the difference from the one before. */
  void readonly(ByteInput in, int count) throws DamagedException {
    readonly = new int[count];
    long last = 0;
    for (int i = 0; i < count; i++) {
      last += in.count(size);
      if (last >= size) {
        throw new DamagedException("the residue names a node that is not there");
      }
      readonly[i] = (int) last;
    }
  }

  /** Nodes, of which two belong together. */
  void discards(ByteInput in, int count) throws DamagedException {
    if (count % 2 != 0) {
      throw new DamagedException("the residue throws away what is not there");
    }
    discards = new int[count];
    for (int i = 0; i < count; i++) {
      discards[i] = in.count(Math.max(0, size - 1));
    }
  }

  /** Numbers, each given as the difference from the one before. */
  static long[] sums(ByteInput in, int count) throws DamagedException {
    long[] sums = new long[count];
    long last = 0;
    for (int i = 0; i < count; i++) {
      last += in.zigzag64();
      sums[i] = last;
    }
    return sums;
  }

  static byte[] bytes(ByteInput in, int length) throws DamagedException {
    int from = in.skip(length);
    return Arrays.copyOfRange(in.array(), from, from + length);
  }
}
