package io.picklift.codec.model;

/**
 * What a node of a {@link SaveGraph} is to Python, once what differs by protocol alone is folded
 * into one.
 */
public enum Kind {
  NONE,
  BOOL,
  INT,
  FLOAT,
  /** Python 3 {@code str}, Python 2 {@code unicode}. */
  STR,
  /** Python 2 {@code str}: bytes that count as text where they are strict UTF-8. */
  PY2_STR,
  BYTES,
  BYTEARRAY,
  LIST,
  TUPLE,
  DICT,
  SET,
  FROZENSET,
  /** A class or function, by name. */
  GLOBAL,
  /** An instance of a class: arguments, states, items, entries. */
  OBJECT,
  /** The result of calling something, which was not called. */
  CALL,
  PERSID,
  /** An extension code. */
  EXT,
  /** An out-of-band buffer. */
  BUFFER;
}
