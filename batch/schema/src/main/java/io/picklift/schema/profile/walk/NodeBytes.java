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

  /** For each {@link SaveGraph#opByte}; 0 for those whose operands are a slice. */
  private static final byte[] FIXED = fixed();

  private NodeBytes() {}

  static int of(SaveGraph graph, int node) {
    int fixed = FIXED[graph.opByte(node)];
    return fixed > 0 ? fixed : slice(graph.b(node)) + (graph.isPut(node) ? 1 : 0);
  }

  private static int slice(int length) {
    return length + (length < SHORT ? 2 : 5);
  }

  private static byte[] fixed() {
    byte[] fixed = new byte[1 << Byte.SIZE];
    for (int opByte = 0; opByte < fixed.length; opByte++) {
      int op = opByte & SaveGraph.OP_MASK;
      if (op < Op.COUNT && !Op.isSlice(op)) {
        fixed[opByte] = (byte) (fixed(op) + ((opByte & SaveGraph.PUT) == 0 ? 0 : 1));
      }
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
