package io.picklift.schema.tables.fill;

import io.picklift.schema.tables.values.Scalar;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Values that stand in until the right ones are known: valid ones, and of each number another. */
public final class AnyValue {
  /** Days before 1970, from which on a date of any class can be. */
  private static final long EARLY = 40_000;

  private static final long DAY = 86_400_000_000L;

  /** An int of four bytes from which on nobody counts. */
  private static final long LARGE = 1 << 30;

  private AnyValue() {}

  /**
   * Sets the value of a number.
   *
   * @param number 0 for one that need not be different
   */
  public static void set(Scalar.Type type, int number, Scalar value) {
    switch (type) {
      case DECIMAL, TEXT, BYTES ->
          value.bytes(type, Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
      case UUID -> value.bytes(type, ByteBuffer.allocate(16).putInt(number).array());
      case FLOAT -> value.real(number);
      case INT -> value.number(type, number == 0 ? 0 : LARGE + number);
      case DATE -> value.number(type, -EARLY - number);
      case DATETIME, INSTANT -> value.number(type, -EARLY * DAY - number);
      default -> value.number(type, number);
    }
  }
}
