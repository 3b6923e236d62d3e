package io.picklift.codec.model;

import java.util.Arrays;

/**
 * How a node of a {@link SaveGraph} was written: one constant for each opcode that makes a value
 * (names are those of CPython's {@code pickletools}), and one for each way in which a {@code
 * REDUCE} folds into a plain value ({@code proto/JSON.md}). Constants, not an enum, because a save
 * has some hundred thousand of them in a byte array.
 *
 * <p>What a node's two ints {@code a} and {@code b} mean depends on its op:
 *
 * <table>
 * <caption>Layout</caption>
 * <tr><td>{@code NONE NEWTRUE NEWFALSE INT_TRUE INT_FALSE EMPTY_TUPLE}</td><td>nothing</td></tr>
 * <tr><td>{@code BININT BININT1 BININT2}</td><td>a: the value</td></tr>
 * <tr><td>{@code BINFLOAT}</td><td>a, b: high and low half of the IEEE 754 bits</td></tr>
 * <tr><td>{@code INT LONG LONG1 LONG4 FLOAT STRING ... BYTEARRAY8 PERSID}</td><td>a, b: offset and length of the
 * opcode's argument in {@link SaveGraph#source()}, without its count, its newline or {@code LONG}'s final {@code L};
 * {@code STRING} with its quotes</td></tr>
 * <tr><td>{@code GLOBAL INST_NAME} (and {@code _FIX})</td><td>a, b: the slice {@code module\nname}</td></tr>
 * <tr><td>{@code STACK_GLOBAL} (and {@code _FIX})</td><td>a, b: nodes of module and name</td></tr>
 * <tr><td>{@code TUPLE TUPLE1 TUPLE2 TUPLE3 FROZENSET}</td><td>a: first edge, b: how many</td></tr>
 * <tr><td>{@code LIST EMPTY_LIST DICT EMPTY_DICT EMPTY_SET}</td><td>b: last chunk, or -1</td></tr>
 * <tr><td>{@code NEWOBJ NEWOBJ_EX REDUCE...}</td><td>a: first edge of [callable, args] or [callable, args, kwargs];
 * where a fold took what a list or dict held then, the number of its items is edge a + 2; b: last chunk, or -1</td></tr>
 * <tr><td>{@code OBJ INST}</td><td>a: first edge of [class, number of arguments, arguments...]; b: last chunk, or -1</td></tr>
 * <tr><td>{@code BINPERSID}</td><td>a: node</td></tr>
 * <tr><td>{@code EXT1 EXT2 EXT4}, {@code NEXT_BUFFER}</td><td>a: code; index</td></tr>
 * </table>
 */
public final class Op {
  public static final int NONE = 0;
  public static final int NEWTRUE = 1;
  public static final int NEWFALSE = 2;

  /** {@code I01}: protocols 0 and 1 write True so. */
  public static final int INT_TRUE = 3;

  /** {@code I00}: protocols 0 and 1 write False so. */
  public static final int INT_FALSE = 4;

  public static final int INT = 5;
  public static final int LONG = 6;
  public static final int BININT = 7;
  public static final int BININT1 = 8;
  public static final int BININT2 = 9;
  public static final int LONG1 = 10;
  public static final int LONG4 = 11;
  public static final int FLOAT = 12;
  public static final int BINFLOAT = 13;
  public static final int STRING = 14;
  public static final int BINSTRING = 15;
  public static final int SHORT_BINSTRING = 16;
  public static final int UNICODE = 17;
  public static final int BINUNICODE = 18;
  public static final int SHORT_BINUNICODE = 19;
  public static final int BINUNICODE8 = 20;
  public static final int BINBYTES = 21;
  public static final int SHORT_BINBYTES = 22;
  public static final int BINBYTES8 = 23;
  public static final int BYTEARRAY8 = 24;
  public static final int LIST = 25;
  public static final int EMPTY_LIST = 26;
  public static final int TUPLE = 27;
  public static final int EMPTY_TUPLE = 28;
  public static final int TUPLE1 = 29;
  public static final int TUPLE2 = 30;
  public static final int TUPLE3 = 31;
  public static final int DICT = 32;
  public static final int EMPTY_DICT = 33;
  public static final int EMPTY_SET = 34;
  public static final int FROZENSET = 35;
  public static final int GLOBAL = 36;

  /** A {@code GLOBAL} of protocol 0 to 2: its name is mapped from Python 2 to Python 3. */
  public static final int GLOBAL_FIX = 37;

  public static final int STACK_GLOBAL = 38;

  /** A {@code STACK_GLOBAL} met at protocol 0 to 2. */
  public static final int STACK_GLOBAL_FIX = 39;

  /** The class of an {@code INST}, which has no opcode of its own. */
  public static final int INST_NAME = 40;

  /** The class of an {@code INST} of protocol 0 to 2. */
  public static final int INST_NAME_FIX = 41;

  public static final int INST = 42;
  public static final int OBJ = 43;
  public static final int NEWOBJ = 44;
  public static final int NEWOBJ_EX = 45;
  public static final int PERSID = 46;
  public static final int BINPERSID = 47;
  public static final int EXT1 = 48;
  public static final int EXT2 = 49;
  public static final int EXT4 = 50;
  public static final int NEXT_BUFFER = 51;

  /** A call that stays one. This and all after it are written as {@code REDUCE}. */
  public static final int REDUCE = 52;

  /** {@code _codecs.encode(text, "latin1")} or {@code bytes()}. */
  public static final int REDUCE_BYTES = 53;

  /** {@code bytearray()}, {@code bytearray(bytes)} or {@code bytearray(text, "latin-1")}. */
  public static final int REDUCE_BYTEARRAY = 54;

  /** {@code set(list)}: the first (edge a + 2) items of the list. */
  public static final int REDUCE_SET = 55;

  /** {@code frozenset(list)}: the first (edge a + 2) items of the list. */
  public static final int REDUCE_FROZENSET = 56;

  /** {@code copyreg._reconstructor(cls, object, None)}. */
  public static final int REDUCE_OBJECT = 57;

  /** {@code copyreg._reconstructor(cls, list, a list)}: the first (edge a + 2) items of it. */
  public static final int REDUCE_LIST_OBJECT = 58;

  /** {@code copyreg._reconstructor(cls, dict, a dict)}: the first (edge a + 2) pairs of it. */
  public static final int REDUCE_DICT_OBJECT = 59;

  /** {@code copyreg._reconstructor(cls, another builtin base, value)}. */
  public static final int REDUCE_BASE_OBJECT = 60;

  /** {@code copyreg.__newobj__(cls, ...)}. */
  public static final int REDUCE_NEWOBJ = 61;

  /** {@code copyreg.__newobj_ex__(cls, tuple, dict)}: the first (edge a + 2) pairs of the dict. */
  public static final int REDUCE_NEWOBJ_EX = 62;

  /** {@code getattr(name, "attr")}. */
  public static final int REDUCE_NAME = 63;

  /** How many there are: an op takes six bits. */
  public static final int COUNT = 64;

  private static final Kind[] KINDS = kinds();

  private Op() {}

  /**
   * Whether operands a and b of {@code op} are a slice of the source: text, bytes, a long integer
   * or a name.
   */
  public static boolean isSlice(int op) {
    return op == INT
        || op == LONG
        || (op >= LONG1 && op <= FLOAT)
        || (op >= STRING && op <= BYTEARRAY8)
        || op == GLOBAL
        || op == GLOBAL_FIX
        || op == INST_NAME
        || op == INST_NAME_FIX
        || op == PERSID;
  }

  /** Whether {@code op} has members of a fixed number: operand a is the first edge, b how many. */
  public static boolean hasMembers(int op) {
    return op == TUPLE || (op >= TUPLE1 && op <= TUPLE3) || op == FROZENSET;
  }

  /** Whether {@code op} is a fold that took what a list or dict held: edge a + 2 says how much. */
  public static boolean isHolding(int op) {
    return switch (op) {
      case REDUCE_SET, REDUCE_FROZENSET, REDUCE_LIST_OBJECT, REDUCE_DICT_OBJECT, REDUCE_NEWOBJ_EX ->
          true;
      default -> false;
    };
  }

  /** The kind of value that {@code op} makes. */
  public static Kind kind(int op) {
    return KINDS[op];
  }

  private static Kind[] kinds() {
    Kind[] kinds = new Kind[COUNT];
    kinds[NONE] = Kind.NONE;
    Arrays.fill(kinds, NEWTRUE, INT_FALSE + 1, Kind.BOOL);
    Arrays.fill(kinds, INT, LONG4 + 1, Kind.INT);
    Arrays.fill(kinds, FLOAT, BINFLOAT + 1, Kind.FLOAT);
    Arrays.fill(kinds, STRING, SHORT_BINSTRING + 1, Kind.PY2_STR);
    Arrays.fill(kinds, UNICODE, BINUNICODE8 + 1, Kind.STR);
    Arrays.fill(kinds, BINBYTES, BINBYTES8 + 1, Kind.BYTES);
    kinds[BYTEARRAY8] = Kind.BYTEARRAY;
    Arrays.fill(kinds, LIST, EMPTY_LIST + 1, Kind.LIST);
    Arrays.fill(kinds, TUPLE, TUPLE3 + 1, Kind.TUPLE);
    Arrays.fill(kinds, DICT, EMPTY_DICT + 1, Kind.DICT);
    kinds[EMPTY_SET] = Kind.SET;
    kinds[FROZENSET] = Kind.FROZENSET;
    Arrays.fill(kinds, GLOBAL, INST_NAME_FIX + 1, Kind.GLOBAL);
    Arrays.fill(kinds, INST, NEWOBJ_EX + 1, Kind.OBJECT);
    Arrays.fill(kinds, PERSID, BINPERSID + 1, Kind.PERSID);
    Arrays.fill(kinds, EXT1, EXT4 + 1, Kind.EXT);
    kinds[NEXT_BUFFER] = Kind.BUFFER;
    kinds[REDUCE] = Kind.CALL;
    kinds[REDUCE_BYTES] = Kind.BYTES;
    kinds[REDUCE_BYTEARRAY] = Kind.BYTEARRAY;
    kinds[REDUCE_SET] = Kind.SET;
    kinds[REDUCE_FROZENSET] = Kind.FROZENSET;
    Arrays.fill(kinds, REDUCE_OBJECT, REDUCE_NEWOBJ_EX + 1, Kind.OBJECT);
    kinds[REDUCE_NAME] = Kind.GLOBAL;
    return kinds;
  }
}
