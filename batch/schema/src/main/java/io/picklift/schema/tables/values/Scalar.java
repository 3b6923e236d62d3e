package io.picklift.schema.tables.values;

import java.math.BigInteger;
import java.util.Arrays;

/** One value that a cell can hold, between graph and column. One holder serves many values. */
public final class Scalar {
  /** What the value is to Python. */
  public enum Type {
    NONE,
    BOOL,
    INT,
    FLOAT,
    /** UTF-8, in which lone surrogates may stand. */
    TEXT,
    BYTES,
    /** Microseconds since 1970, by its own clock. */
    DATETIME,
    /** Microseconds since 1970 in UTC, of a date with a zone. */
    INSTANT,
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

  public Type type = Type.NONE;
  public long number;
  public double real;
  public byte[] bytes = NOTHING;
  public int offset;
  public int length;

  /** Of an INT beyond 64 bits; {@link #isBig} says whether it counts. */
  public BigInteger big = BigInteger.ZERO;

  public boolean isBig;

  /** Of an INSTANT: how many microseconds its own clock is ahead of UTC. */
  public long zone;

  /** Whether a TEXT or BYTES is the one argument of a call, as that of a class derived from str. */
  public boolean isArgument;

  /** Of a date or time: 1 where its clock shows it for the second time. */
  public int fold;

  public void none() {
    type = Type.NONE;
  }

  public void other() {
    type = Type.OTHER;
  }

  public void number(Type of, long value) {
    type = of;
    number = value;
    isBig = false;
    zone = 0;
    fold = 0;
  }

  public void big(BigInteger value) {
    type = Type.INT;
    isBig = value.bitLength() >= Long.SIZE;
    if (isBig) {
      big = value;
    } else {
      number = value.longValue();
    }
  }

  public void real(double value) {
    type = Type.FLOAT;
    real = value;
  }

  public void bytes(Type of, byte[] from, int start, int size) {
    type = of;
    bytes = from;
    offset = start;
    length = size;
    isArgument = false;
  }

  public void bytes(Type of, byte[] from) {
    bytes(of, from, 0, from.length);
  }

  /** Its own copy of what it holds now. */
  public Scalar copy() {
    Scalar copy = new Scalar();
    copy.type = type;
    copy.number = number;
    copy.real = real;
    copy.bytes = Arrays.copyOfRange(bytes, offset, offset + length);
    copy.length = length;
    copy.big = big;
    copy.isBig = isBig;
    copy.zone = zone;
    copy.isArgument = isArgument;
    copy.fold = fold;
    return copy;
  }

  /** Whether it is the same value of the same type. */
  public boolean isSame(Scalar other) {
    if (type != other.type) {
      return false;
    }
    return switch (type) {
      case NONE, OTHER -> false;
      case INT -> isBig == other.isBig && (isBig ? big.equals(other.big) : number == other.number);
      case BOOL, DATETIME, INSTANT, DATE, TIME, DURATION -> number == other.number;
      case FLOAT -> Double.compare(real, other.real) == 0;
      case TEXT, BYTES, DECIMAL, UUID ->
          Arrays.equals(
              bytes,
              offset,
              offset + length,
              other.bytes,
              other.offset,
              other.offset + other.length);
    };
  }
}
