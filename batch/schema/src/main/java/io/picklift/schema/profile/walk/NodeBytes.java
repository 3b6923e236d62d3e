package io.picklift.schema.profile.walk;

import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;

/** About how many bytes of the pickle a node takes, without what it refers to. */
final class NodeBytes {
  /** A memo get. */
  static final int AGAIN = 2;

  /** About what the state of a date or number of a class takes beside the object itself. */
  static final int WELL_KNOWN = 16;

  private static final int SHORT = 256;

  /** For each op; 0 for those whose operands are a slice. */
  private static final byte[] FIXED = fixed();

  private NodeBytes() {}

  static int of(SaveGraph graph, int node) {
    int memo = graph.isPut(node) ? 1 : 0;
    int fixed = FIXED[graph.op(node)];
    if (fixed > 0) {
      return fixed + memo;
    }
    int length = graph.b(node);
    return length + (length < SHORT ? 2 : 5) + memo;
  }

  private static byte[] fixed() {
    byte[] fixed = new byte[Op.COUNT];
    for (int op = 0; op < Op.COUNT; op++) {
      fixed[op] = (byte) (Op.isSlice(op) ? 0 : fixed(op));
    }
    return fixed;
  }

  private static int fixed(int op) {
    return switch (op) {
      case Op.BINFLOAT -> 9;
      case Op.BININT -> 5;
      case Op.BININT2 -> 3;
      case Op.BININT1 -> 2;
      case Op.NONE, Op.NEWTRUE, Op.NEWFALSE, Op.EMPTY_TUPLE, Op.TUPLE1, Op.TUPLE2, Op.TUPLE3 -> 1;
      case Op.INT_TRUE, Op.INT_FALSE -> 4;
      default -> SaveGraph.isConstructed(op) ? 4 : 3;
    };
  }
}
