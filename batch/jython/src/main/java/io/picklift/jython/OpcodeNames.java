package io.picklift.jython;

import java.util.Map;

/** Opcode names as in CPython's {@code pickletools}, for messages. */
final class OpcodeNames {
  private static final Map<Character, String> NAMES =
      Map.ofEntries(
          Map.entry('(', "MARK"),
          Map.entry(')', "EMPTY_TUPLE"),
          Map.entry('.', "STOP"),
          Map.entry('0', "POP"),
          Map.entry('1', "POP_MARK"),
          Map.entry('2', "DUP"),
          Map.entry('B', "BINBYTES"),
          Map.entry('C', "SHORT_BINBYTES"),
          Map.entry('F', "FLOAT"),
          Map.entry('G', "BINFLOAT"),
          Map.entry('I', "INT"),
          Map.entry('J', "BININT"),
          Map.entry('K', "BININT1"),
          Map.entry('L', "LONG"),
          Map.entry('M', "BININT2"),
          Map.entry('N', "NONE"),
          Map.entry('P', "PERSID"),
          Map.entry('Q', "BINPERSID"),
          Map.entry('R', "REDUCE"),
          Map.entry('S', "STRING"),
          Map.entry('T', "BINSTRING"),
          Map.entry('U', "SHORT_BINSTRING"),
          Map.entry('V', "UNICODE"),
          Map.entry('X', "BINUNICODE"),
          Map.entry(']', "EMPTY_LIST"),
          Map.entry('a', "APPEND"),
          Map.entry('b', "BUILD"),
          Map.entry('c', "GLOBAL"),
          Map.entry('d', "DICT"),
          Map.entry('e', "APPENDS"),
          Map.entry('g', "GET"),
          Map.entry('h', "BINGET"),
          Map.entry('i', "INST"),
          Map.entry('j', "LONG_BINGET"),
          Map.entry('l', "LIST"),
          Map.entry('o', "OBJ"),
          Map.entry('p', "PUT"),
          Map.entry('q', "BINPUT"),
          Map.entry('r', "LONG_BINPUT"),
          Map.entry('s', "SETITEM"),
          Map.entry('t', "TUPLE"),
          Map.entry('u', "SETITEMS"),
          Map.entry('}', "EMPTY_DICT"),
          Map.entry('\u0080', "PROTO"),
          Map.entry('\u0081', "NEWOBJ"),
          Map.entry('\u0082', "EXT1"),
          Map.entry('\u0083', "EXT2"),
          Map.entry('\u0084', "EXT4"),
          Map.entry('\u0085', "TUPLE1"),
          Map.entry('\u0086', "TUPLE2"),
          Map.entry('\u0087', "TUPLE3"),
          Map.entry('\u0088', "NEWTRUE"),
          Map.entry('\u0089', "NEWFALSE"),
          Map.entry('\u008a', "LONG1"),
          Map.entry('\u008b', "LONG4"),
          Map.entry('\u008c', "SHORT_BINUNICODE"),
          Map.entry('\u008d', "BINUNICODE8"),
          Map.entry('\u008e', "BINBYTES8"),
          Map.entry('\u008f', "EMPTY_SET"),
          Map.entry('\u0090', "ADDITEMS"),
          Map.entry('\u0091', "FROZENSET"),
          Map.entry('\u0092', "NEWOBJ_EX"),
          Map.entry('\u0093', "STACK_GLOBAL"),
          Map.entry('\u0094', "MEMOIZE"),
          Map.entry('\u0095', "FRAME"),
          Map.entry('\u0096', "BYTEARRAY8"),
          Map.entry('\u0097', "NEXT_BUFFER"),
          Map.entry('\u0098', "READONLY_BUFFER"));

  private OpcodeNames() {}

  /** The name of an opcode; the byte in hexadecimal where it is none. */
  static String of(int code) {
    String name = NAMES.get((char) code);
    return name == null ? String.format("0x%02x", code) : name;
  }
}
