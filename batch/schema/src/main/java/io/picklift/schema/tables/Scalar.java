package io.picklift.schema.tables;

import java.math.BigInteger;

/** One value that a cell can hold, between graph and column. One holder serves many values. */
final class Scalar {
  /** What the value is to Python. */
  enum Type {
    NONE,
    BOOL,
    INT,
    FLOAT,
    /** UTF-8, in which lone surrogates may stand. */
    TEXT,
    BYTES,
    /** Microseconds since 1970, by its own clock. */
    DATETIME,
    /** Days since 1970. */
    DATE,
    /** Microseconds since midnight. */
    TIME,
    /** Microseconds. */
    DURATION,
    /** Its digits as Python's {@code str()} gives them. */
    DECIMAL,
    /** 16 bytes. */
    UUID,
    /** What no cell holds. */
    OTHER
  }

  private static final byte[] NOTHING = new byte[0];

  Type type = Type.NONE;
  long number;
  double real;
  byte[] bytes = NOTHING;
  int offset;
  int length;

  /** Of an INT beyond 64 bits; {@link #isBig} says whether it counts. */
  BigInteger big = BigInteger.ZERO;

  boolean isBig;

  void none() {
    type = Type.NONE;
  }

  void other() {
    type = Type.OTHER;
  }

  void number(Type of, long value) {
    type = of;
    number = value;
    isBig = false;
  }

  void big(BigInteger value) {
    type = Type.INT;
    isBig = value.bitLength() >= Long.SIZE;
    if (isBig) {
      big = value;
    } else {
      number = value.longValue();
    }
  }

  void real(double value) {
    type = Type.FLOAT;
    real = value;
  }

  void bytes(Type of, byte[] from, int start, int size) {
    type = of;
    bytes = from;
    offset = start;
    length = size;
  }

  void bytes(Type of, byte[] from) {
    bytes(of, from, 0, from.length);
  }
}
