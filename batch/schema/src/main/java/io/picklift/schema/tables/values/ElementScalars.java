package io.picklift.schema.tables.values;

import io.picklift.schema.arrays.ElementType;
import io.picklift.schema.arrays.ElementValues;
import io.picklift.schema.arrays.TimeUnits;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The elements of numpy arrays as {@link Scalar}s, and back. */
public final class ElementScalars {
  private ElementScalars() {}

  /** What an element of a type is to a column. */
  static Scalar.Type type(ElementType of) {
    return switch (of.kind()) {
      case 'b' -> Scalar.Type.BOOL;
      case 'i', 'u' -> Scalar.Type.INT;
      case 'f' -> Scalar.Type.FLOAT;
      case 'U' -> Scalar.Type.TEXT;
      case 'S' -> Scalar.Type.BYTES;
      case 'M' -> Scalar.Type.DATETIME;
      default -> Scalar.Type.DURATION;
    };
  }

  /** Reads the element at a place of the bytes, which hold it whole. */
  public static void read(ElementType of, byte[] bytes, int at, Scalar value) {
    TimeUnits unit = of.unit();
    switch (of.kind()) {
      case 'b' -> value.number(Scalar.Type.BOOL, bytes[at] == 0 ? 0 : 1);
      case 'i' -> value.number(Scalar.Type.INT, ElementValues.whole(of, bytes, at));
      case 'u' -> value.big(ElementValues.unsigned(of, bytes, at));
      case 'f' -> value.real(ElementValues.real(of, bytes, at));
      case 'U' -> {
        byte[] utf8 = ElementValues.text(of, bytes, at);
        if (utf8 == null) {
          value.other();
        } else {
          value.bytes(Scalar.Type.TEXT, utf8);
        }
      }
      case 'S' -> value.bytes(Scalar.Type.BYTES, bytes, at, ElementValues.length(of, bytes, at));
      default -> {
        long number = ElementValues.whole(of, bytes, at);
        boolean isTime = of.kind() == 'M';
        long micros =
            unit == null ? TimeUnits.NONE : isTime ? unit.time(number) : unit.duration(number);
        if (micros == TimeUnits.NONE) {
          value.other();
        } else {
          value.number(isTime ? Scalar.Type.DATETIME : Scalar.Type.DURATION, micros);
        }
      }
    }
  }

  /** The bytes of a value as an element; null where the type has none for it. */
  static byte @Nullable [] write(ElementType of, Scalar value) {
    if (value.type != type(of)) {
      return null;
    }
    TimeUnits unit = of.unit();
    return switch (of.kind()) {
      case 'b' -> new byte[] {(byte) value.number};
      case 'i', 'u' ->
          ElementValues.bytes(of, value.isBig ? value.big : BigInteger.valueOf(value.number));
      case 'f' -> ElementValues.bytes(of, value.real);
      case 'U' ->
          ElementValues.bytes(
              of, new String(value.bytes, value.offset, value.length, StandardCharsets.UTF_8));
      case 'S' -> padded(of, value);
      default -> {
        long number = unit == null ? TimeUnits.NONE : unit.number(value.number, of.kind() == 'M');
        if (number == TimeUnits.NONE) {
          yield null;
        }
        yield ElementValues.bytes(of, BigInteger.valueOf(number));
      }
    };
  }

  /** Bytes with the NULs that fill them up; null where they are too long. */
  private static byte @Nullable [] padded(ElementType of, Scalar value) {
    if (value.length > of.size()) {
      return null;
    }
    byte[] padded = new byte[of.size()];
    System.arraycopy(value.bytes, value.offset, padded, 0, value.length);
    return padded;
  }

  /** Whether a time is none: numpy's NaT. */
  static boolean isNaT(ElementType of, byte[] bytes, int at) {
    return ElementValues.whole(of, bytes, at) == Long.MIN_VALUE;
  }

  /** The element that stands for a value that is not there; null where the type has none. */
  static byte @Nullable [] missing(ElementType of) {
    return switch (of.kind()) {
      case 'f' -> ElementValues.bytes(of, Double.NaN);
      case 'M', 'm' -> ElementValues.bytes(of, BigInteger.valueOf(Long.MIN_VALUE));
      default -> null;
    };
  }

  /**
   * The bytes of a value as an element, where a number may be of another kind than the type's; null
   * where the type has none for it.
   */
  static byte @Nullable [] written(ElementType of, Scalar value) {
    Scalar as = value;
    boolean isWhole = value.type == Scalar.Type.INT || value.type == Scalar.Type.BOOL;
    if (of.kind() == 'f' && isWhole && !value.isBig) {
      double real = (double) value.number;
      if ((long) real != value.number) {
        return null;
      }
      as = new Scalar();
      as.real(real);
    } else if ((of.kind() == 'i' || of.kind() == 'u') && value.type == Scalar.Type.BOOL) {
      as = new Scalar();
      as.number(Scalar.Type.INT, value.number);
    } else if (of.kind() == 'b' && value.type == Scalar.Type.INT && value.number >>> 1 == 0) {
      as = new Scalar();
      as.number(Scalar.Type.BOOL, value.number);
    }
    return write(of, as);
  }
}
