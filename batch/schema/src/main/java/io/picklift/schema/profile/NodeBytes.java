package io.picklift.schema.profile;

import io.picklift.codec.graph.Op;
import io.picklift.codec.graph.SaveGraph;

/** About how many bytes of the pickle a node takes, without what it refers to. */
final class NodeBytes {
  /** A memo get. */
  static final int AGAIN = 2;

  private static final int SHORT = 256;

  private NodeBytes() {}

  static int of(SaveGraph graph, int node) {
    int op = graph.op(node);
    int memo = graph.isPut(node) ? 1 : 0;
    if (Op.isSlice(op)) {
      int length = graph.b(node);
      return length + (length < SHORT ? 2 : 5) + memo;
    }
    return memo
        + switch (op) {
          case Op.BINFLOAT -> 9;
          case Op.BININT -> 5;
          case Op.BININT2 -> 3;
          case Op.BININT1 -> 2;
          case Op.NONE, Op.NEWTRUE, Op.NEWFALSE, Op.EMPTY_TUPLE, Op.TUPLE1, Op.TUPLE2, Op.TUPLE3 ->
              1;
          case Op.INT_TRUE, Op.INT_FALSE -> 4;
          default -> SaveGraph.isConstructed(op) ? 4 : 3;
        };
  }
}
