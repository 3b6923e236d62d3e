package io.picklift.schema.tables.edit;

import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import java.util.ArrayList;
import java.util.List;

/** How CPython's pickler writes a container's members: in which opcodes, and how many in each. */
final class MemberChunks {
  /** {@code BATCHSIZE} of {@code Modules/_pickle.c}. */
  private static final int BATCH = 1000;

  private MemberChunks() {}

  /** A run of members; {@code from} and {@code to} count nodes, two for a pair. */
  record Chunk(int kind, int from, int to) {}

  /**
   * The chunks of so many nodes.
   *
   * @param isPython2 whose pickler, as Python 3's does for classes of one's own, writes a last one
   *     alone without a mark
   */
  static List<Chunk> of(int op, boolean isPairs, int nodes, int protocol, boolean isPython2) {
    int step = isPairs ? 2 : 1;
    boolean isSet = op == Op.EMPTY_SET;
    int single = isPairs ? ChunkKind.SETITEM : ChunkKind.APPEND;
    int several = isSet ? ChunkKind.ADDITEMS : isPairs ? ChunkKind.SETITEMS : ChunkKind.APPENDS;
    if (nodes == 0) {
      return List.of();
    }
    if (!isSet && (protocol == 0 || nodes == step)) {
      return List.of(new Chunk(single, 0, nodes));
    }
    boolean isPlain = Op.kind(op) == Kind.LIST || Op.kind(op) == Kind.DICT;
    boolean isMarked = isSet || (isPlain && !isPython2);
    List<Chunk> chunks = new ArrayList<>();
    for (int from = 0; from < nodes; from += BATCH * step) {
      int to = Math.min(nodes, from + BATCH * step);
      chunks.add(new Chunk(to - from == step && !isMarked ? single : several, from, to));
    }
    return chunks;
  }

  /** Whether a chunk of that kind is of a container's pairs, or else of its items. */
  static boolean isOf(int chunkKind, boolean isPairs, int op) {
    return switch (chunkKind) {
      case ChunkKind.SETITEM, ChunkKind.SETITEMS -> isPairs;
      case ChunkKind.APPEND, ChunkKind.APPENDS, ChunkKind.ADDITEMS -> !isPairs;
      case ChunkKind.INITIAL -> isPairs == (op == Op.DICT || op == Op.EMPTY_DICT);
      default -> false;
    };
  }
}
