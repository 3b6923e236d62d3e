package io.picklift.schema.arrays;

/** Floats of 16 bits, which Java 17 has no type for. */
final class HalfFloat {
  private static final int MANTISSA = 10;
  private static final int BIAS = 15;
  private static final int MOST = 31;

  private HalfFloat() {}

  static double value(short bits) {
    int exponent = bits >> MANTISSA & MOST;
    int mantissa = bits & (1 << MANTISSA) - 1;
    double sign = bits < 0 ? -1 : 1;
    if (exponent == MOST) {
      return mantissa == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    double fraction = mantissa / (double) (1 << MANTISSA);
    return sign
        * (exponent == 0
            ? Math.scalb(fraction, 1 - BIAS)
            : Math.scalb(1 + fraction, exponent - BIAS));
  }

  /** The bits of a value that has some; -1 where it has none. */
  static int bits(double value) {
    for (int bits = 0; bits <= 0xffff; bits++) {
      if (Double.compare(value((short) bits), value) == 0) {
        return bits;
      }
    }
    return -1;
  }
}
