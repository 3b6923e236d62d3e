package io.picklift.codec.json;

import java.math.BigInteger;

/**
 * The shortest decimal that reads back to a double, and of those the closest to it: Raffaello
 * Giulietti's Schubfach ("The Schubfach way to render doubles", 2022). {@code Double.toString}
 * gives it only since Java 19 (JDK-4511638), and never fewer than two digits.
 */
final class ShortestDecimal {
  private static final int PRECISION = 53;
  private static final int MIN_EXPONENT = -1074;
  private static final long MIN_NORMAL = 1L << (PRECISION - 1);
  private static final int EXPONENT_BITS_MASK = 0x7ff;
  private static final long MASK_63 = Long.MAX_VALUE;

  private static final int MIN_K = -324;
  private static final int MAX_K = 292;

  /** Two longs of 63 bits for each k: the 126 bits of 10^-k, rounded up. */
  private static final long[] POWERS = powers();

  private long digits;
  private int exponent;

  /** The digits of the last {@link #set}, without trailing zeros. */
  long digits() {
    return digits;
  }

  /** The power of ten that {@link #digits} is multiplied by. */
  int exponent() {
    return exponent;
  }

  /** Finds the decimal of the absolute value of {@code value}, which is finite and not zero. */
  void set(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long fraction = bits & (MIN_NORMAL - 1);
    int biased = (int) (bits >>> (PRECISION - 1)) & EXPONENT_BITS_MASK;
    if (biased == 0) {
      decimal(MIN_EXPONENT, fraction);
      return;
    }
    long significand = MIN_NORMAL | fraction;
    int q = MIN_EXPONENT - 1 + biased;
    if (q < 0 && q > -PRECISION) {
      long whole = significand >> -q;
      if (whole << -q == significand) {
        keep(whole, 0);
        return;
      }
    }
    decimal(q, significand);
  }

  private void decimal(int q, long c) {
    int odd = (int) c & 1;
    long cb = c << 2;
    long cbr = cb + 2;
    long cbl;
    int k;
    if (c != MIN_NORMAL || q == MIN_EXPONENT) {
      cbl = cb - 2;
      k = floorLog10Pow2(q);
    } else {
      cbl = cb - 1;
      k = floorLog10ThreeQuartersPow2(q);
    }
    int h = q + floorLog2Pow10(-k) + 2;
    long g1 = POWERS[(k - MIN_K) * 2];
    long g0 = POWERS[(k - MIN_K) * 2 + 1];
    long vb = roundToOdd(g1, g0, cb << h);
    long vbl = roundToOdd(g1, g0, cbl << h);
    long vbr = roundToOdd(g1, g0, cbr << h);
    long s = vb >> 2;
    if (s >= 10) {
      long lower = s / 10 * 10;
      long upper = lower + 10;
      boolean lowerIn = vbl + odd <= lower << 2;
      boolean upperIn = (upper << 2) + odd <= vbr;
      if (lowerIn != upperIn) {
        keep(lowerIn ? lower : upper, k);
        return;
      }
    }
    long t = s + 1;
    boolean lowerIn = vbl + odd <= s << 2;
    boolean upperIn = (t << 2) + odd <= vbr;
    if (lowerIn != upperIn) {
      keep(lowerIn ? s : t, k);
      return;
    }
    long distance = vb - ((s + t) << 1);
    keep(distance < 0 || (distance == 0 && (s & 1) == 0) ? s : t, k);
  }

  private void keep(long value, int power) {
    long rest = value;
    int zeros = 0;
    while (rest % 10 == 0) {
      rest /= 10;
      zeros++;
    }
    digits = rest;
    exponent = power + zeros;
  }

  private static long roundToOdd(long g1, long g0, long cp) {
    long x1 = Math.multiplyHigh(g0, cp);
    long y0 = g1 * cp;
    long y1 = Math.multiplyHigh(g1, cp);
    long z = (y0 >>> 1) + x1;
    long w = y1 + (z >>> 63);
    return w | (((z & MASK_63) + MASK_63) >>> 63);
  }

  private static int floorLog10Pow2(int e) {
    return (int) ((e * 661_971_961_083L) >> 41);
  }

  private static int floorLog10ThreeQuartersPow2(int e) {
    return (int) ((e * 661_971_961_083L - 274_743_187_321L) >> 41);
  }

  private static int floorLog2Pow10(int e) {
    return (int) ((e * 913_124_641_741L) >> 38);
  }

  private static long[] powers() {
    long[] powers = new long[(MAX_K - MIN_K + 1) * 2];
    for (int k = MIN_K; k <= MAX_K; k++) {
      int shift = floorLog2Pow10(-k) - 125;
      BigInteger value;
      if (k <= 0) {
        BigInteger power = BigInteger.TEN.pow(-k);
        value = shift >= 0 ? power.shiftRight(shift) : power.shiftLeft(-shift);
      } else {
        value = BigInteger.ONE.shiftLeft(-shift).divide(BigInteger.TEN.pow(k));
      }
      value = value.add(BigInteger.ONE);
      powers[(k - MIN_K) * 2] = value.shiftRight(63).longValue();
      powers[(k - MIN_K) * 2 + 1] = value.longValue() & MASK_63;
    }
    return powers;
  }
}
