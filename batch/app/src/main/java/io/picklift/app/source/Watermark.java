package io.picklift.app.source;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Compares values of a watermark column. A row may change twice within one second, or within one
 * transaction of a counter, and keep its watermark: rows near the newest watermark are therefore
 * compared by hash.
 */
public final class Watermark {
  private static final long SECONDS = 10;
  private static final long COUNTS = 1_000;
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4)
          .appendPattern("-M-d H:m:s")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private Watermark() {}

  /**
   * Whether a value lies so near to the newest, or beyond it, that its row may have changed without
   * it.
   *
   * @param newest the newest when rows were last compared; null where that is not known
   * @param overlap how near, in seconds or in steps of a counter; null for 10 or 1,000
   */
  public static boolean isNear(String value, @Nullable String newest, @Nullable Long overlap) {
    if (newest == null) {
      return true;
    }
    BigDecimal number = number(value);
    BigDecimal newestNumber = number(newest);
    if (number != null && newestNumber != null) {
      long counts = overlap == null ? COUNTS : overlap;
      return number.compareTo(newestNumber.subtract(BigDecimal.valueOf(counts))) >= 0;
    }
    LocalDateTime time = time(value);
    LocalDateTime newestTime = time(newest);
    if (time == null || newestTime == null) {
      return true;
    }
    return !time.isBefore(newestTime.minusSeconds(overlap == null ? SECONDS : overlap));
  }

  /**
   * The least value that is near to either of two newest values, as {@link #isNear} has it: a plain
   * number, or a time with six digits of a fraction; null where every value is near.
   */
  public static @Nullable String nearFrom(
      @Nullable String one, @Nullable String other, @Nullable Long overlap) {
    if (one == null || other == null) {
      return null;
    }
    BigDecimal number = number(one);
    BigDecimal otherNumber = number(other);
    if (number != null && otherNumber != null) {
      long counts = overlap == null ? COUNTS : overlap;
      return number.min(otherNumber).subtract(BigDecimal.valueOf(counts)).toPlainString();
    }
    LocalDateTime time = time(one);
    LocalDateTime otherTime = time(other);
    if (time == null || otherTime == null) {
      return null;
    }
    LocalDateTime earlier = time.isBefore(otherTime) ? time : otherTime;
    return MICROS.format(earlier.minusSeconds(overlap == null ? SECONDS : overlap));
  }

  private static @Nullable BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable LocalDateTime time(String text) {
    try {
      // Without the zone of this machine: it may have no such time where clocks go forward.
      return LocalDateTime.parse(text.length() == 10 ? text + " 00:00:00" : text.strip(), TIME);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
