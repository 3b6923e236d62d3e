package io.picklift.app.follow.log;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Dates and times as the log has them, in the text that the driver gives for them: a fraction of a
 * second that is zero is left out, another one has all digits of its column.
 */
final class TimeTexts {
  private static final long DATETIME_OFFSET = 0x8000000000L;
  private static final int TIME_OFFSET = 0x800000;
  private static final int MICRO_DIGITS = 6;

  private TimeTexts() {}

  static String date(LogInput in) throws IOException {
    long value = in.little(3);
    return text(value >> 9, (value >> 5) & 15, value & 31);
  }

  private static String text(long year, long month, long day) {
    return String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day);
  }

  private static String time(long hour, long minute, long second, long micros, int digits) {
    String whole = String.format(Locale.ROOT, "%02d:%02d:%02d", hour, minute, second);
    return micros == 0
        ? whole
        : whole + "." + String.format(Locale.ROOT, "%06d", micros).substring(0, digits);
  }

  static String dateTime(LogInput in, WireType type) throws IOException {
    long value = in.big(5) - DATETIME_OFFSET;
    long days = value >> 17;
    long months = days >> 5;
    long clock = value & 0x1ffff;
    String date = text(months / 13, months % 13, days & 31);
    return date
        + " "
        + time(clock >> 12, (clock >> 6) & 63, clock & 63, micros(in, type), type.meta());
  }

  /** In UTC, as every connection of Picklift's reads it. */
  static String timestamp(LogInput in, WireType type) throws IOException {
    long seconds = in.big(4);
    LocalDateTime at = LocalDateTime.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
    return text(at.getYear(), at.getMonthValue(), at.getDayOfMonth())
        + " "
        + time(at.getHour(), at.getMinute(), at.getSecond(), micros(in, type), type.meta());
  }

  /** A negative time is stored as the negative of the whole number, fraction included. */
  static String time(LogInput in, WireType type) throws IOException {
    int fraction = type.fractionBytes();
    long all = in.big(3 + fraction);
    long offset = ((long) TIME_OFFSET) << (8 * fraction);
    boolean isNegative = all < offset;
    long value = Math.abs(all - offset);
    long clock = value >> (8 * fraction);
    long micros = scaled(value & ((1L << (8 * fraction)) - 1), fraction);
    String text = time((clock >> 12) & 0x3ff, (clock >> 6) & 63, clock & 63, micros, type.meta());
    return isNegative ? "-" + text : text;
  }

  private static long micros(LogInput in, WireType type) throws IOException {
    int bytes = type.fractionBytes();
    return bytes == 0 ? 0 : scaled(in.big(bytes), bytes);
  }

  /** One byte has hundredths, two have ten thousandths, three have millionths. */
  private static long scaled(long value, int bytes) {
    long scaled = value;
    for (int i = 2 * bytes; i > 0 && i < MICRO_DIGITS; i++) {
      scaled *= 10;
    }
    return scaled;
  }
}
