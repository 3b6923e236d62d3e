package io.picklift.app.follow.log;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/** DECIMAL as the log has it: nine digits in four bytes, the sign in the first bit. */
final class DecimalText {
  private static final int DIGITS = 9;
  private static final int[] BYTES = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};
  private static final int SIGN = 0x80;

  private DecimalText() {}

  /** How many bytes a value takes. */
  static int bytes(int precision, int scale) {
    return side(precision - scale) + side(scale);
  }

  private static int side(int digits) {
    return digits / DIGITS * 4 + BYTES[digits % DIGITS];
  }

  static String of(byte[] value, int precision, int scale) throws IOException {
    byte[] bytes = value.clone();
    boolean isNegative = (bytes[0] & SIGN) == 0;
    bytes[0] ^= (byte) SIGN;
    if (isNegative) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) ~bytes[i];
      }
    }
    LogInput in = new LogInput(new java.io.ByteArrayInputStream(bytes), bytes.length);
    BigInteger unscaled = BigInteger.ZERO;
    int whole = precision - scale;
    unscaled = group(in, unscaled, whole % DIGITS);
    for (int i = 0; i < whole / DIGITS; i++) {
      unscaled = group(in, unscaled, DIGITS);
    }
    for (int i = 0; i < scale / DIGITS; i++) {
      unscaled = group(in, unscaled, DIGITS);
    }
    unscaled = group(in, unscaled, scale % DIGITS);
    return new BigDecimal(isNegative ? unscaled.negate() : unscaled, scale).toPlainString();
  }

  private static BigInteger group(LogInput in, BigInteger before, int digits) throws IOException {
    return before
        .multiply(BigInteger.TEN.pow(digits))
        .add(BigInteger.valueOf(in.big(BYTES[digits])));
  }
}
