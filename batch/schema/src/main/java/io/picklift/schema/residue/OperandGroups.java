package io.picklift.schema.residue;

import io.picklift.codec.model.Op;

/**
 * Which other nodes an op's node refers to by its own operands, in the order of the pickle
 * machine's stack.
 */
final class OperandGroups {
  /** What a node's operands are. */
  enum Shape {
    /** No node. */
    LEAF,
    /** b edges from a. */
    TUPLE,
    /** Edges a and a + 1. */
    PAIR,
    /** Edges a and a + 1, and a count at a + 2. */
    HOLDING_PAIR,
    /** Edges a to a + 2. */
    TRIPLE,
    /** Class, count, arguments: the class is below its arguments. */
    OBJ,
    /** Class, count, arguments: the class is made last. */
    INST,
    /** Nodes a and b. */
    NODES,
    /** Node a. */
    NODE
  }

  private static final Shape[] SHAPES = shapes();

  private OperandGroups() {}

  static Shape shape(int op) {
    return SHAPES[op];
  }

  private static Shape[] shapes() {
    Shape[] shapes = new Shape[Op.COUNT];
    for (int op = 0; op < Op.COUNT; op++) {
      shapes[op] =
          switch (op) {
            case Op.TUPLE, Op.TUPLE1, Op.TUPLE2, Op.TUPLE3, Op.FROZENSET -> Shape.TUPLE;
            case Op.NEWOBJ_EX -> Shape.TRIPLE;
            case Op.REDUCE_SET,
                Op.REDUCE_FROZENSET,
                Op.REDUCE_LIST_OBJECT,
                Op.REDUCE_DICT_OBJECT,
                Op.REDUCE_NEWOBJ_EX ->
                Shape.HOLDING_PAIR;
            case Op.OBJ -> Shape.OBJ;
            case Op.INST -> Shape.INST;
            case Op.STACK_GLOBAL, Op.STACK_GLOBAL_FIX -> Shape.NODES;
            case Op.BINPERSID -> Shape.NODE;
            default -> op == Op.NEWOBJ || op >= Op.REDUCE ? Shape.PAIR : Shape.LEAF;
          };
    }
    return shapes;
  }

  /** How many edges a tuple's op always has, or -1. */
  static int fixedSize(int op) {
    return switch (op) {
      case Op.TUPLE1 -> 1;
      case Op.TUPLE2 -> 2;
      case Op.TUPLE3 -> 3;
      default -> -1;
    };
  }

  /** Whether the node's operands are a slice of the source. */
  static boolean isSlice(int op) {
    return switch (op) {
      case Op.INT, Op.LONG, Op.LONG1, Op.LONG4, Op.FLOAT -> true;
      case Op.GLOBAL, Op.GLOBAL_FIX, Op.INST_NAME, Op.INST_NAME_FIX, Op.PERSID -> true;
      default -> op >= Op.STRING && op <= Op.BYTEARRAY8;
    };
  }

  /** Whether operand a is the value itself. */
  static boolean isNumber(int op) {
    return switch (op) {
      case Op.BININT, Op.BININT1, Op.BININT2, Op.EXT1, Op.EXT2, Op.EXT4, Op.NEXT_BUFFER -> true;
      default -> false;
    };
  }
}
