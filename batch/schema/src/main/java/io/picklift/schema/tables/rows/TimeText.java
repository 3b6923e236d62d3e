package io.picklift.schema.tables.rows;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * Dates and times as a server writes them, {@code 2024-05-01 12:34:56.000789}: a driver makes
 * several objects of each, which is most of what reading a row takes.
 */
final class TimeText {
  /** It is not of that form, or no date or time of day: the driver says what it is. */
  static final long NONE = Long.MIN_VALUE;

  private static final int DATE = 10;
  private static final int SECONDS = 8;
  private static final int FRACTION = 6;
  private static final long MICROS = 1_000_000;
  private static final long SECONDS_OF_DAY = 86_400;
  private static final int LEAST_DAYS = 28;

  private TimeText() {}

  /** Microseconds since 1970. */
  static long dateTime(byte[] text) {
    boolean isLong = text.length >= DATE + 1 + SECONDS && text[DATE] == ' ';
    long day = isLong ? date(text, DATE) : NONE;
    long time = isLong ? time(text, DATE + 1) : NONE;
    return day == NONE || time == NONE ? NONE : day * SECONDS_OF_DAY * MICROS + time;
  }

  /** Days since 1970. */
  static long date(byte[] text) {
    return date(text, text.length);
  }

  /** Microseconds of a day. */
  static long time(byte[] text) {
    return time(text, 0);
  }

  private static long date(byte[] text, int end) {
    if (end != DATE || text[4] != '-' || text[7] != '-') {
      return NONE;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 2);
    int day = digits(text, 8, 2);
    boolean isDay =
        year >= 1
            && month >= 1
            && month <= 12
            && day >= 1
            && (day <= LEAST_DAYS || day <= YearMonth.of(year, month).lengthOfMonth());
    return isDay ? LocalDate.of(year, month, day).toEpochDay() : NONE;
  }

  private static long time(byte[] text, int start) {
    int end = start + SECONDS;
    if (text.length < end || text[start + 2] != ':' || text[start + 5] != ':') {
      return NONE;
    }
    int hours = digits(text, start, 2);
    int minutes = digits(text, start + 3, 2);
    int seconds = digits(text, start + 6, 2);
    int micros = 0;
    int places = text.length - end - 1;
    if (places >= 0) {
      micros =
          places > 0 && places <= FRACTION && text[end] == '.' ? digits(text, end + 1, places) : -1;
      for (int i = places; micros > 0 && i < FRACTION; i++) {
        micros *= 10;
      }
    }
    boolean isTime =
        hours >= 0
            && hours < 24
            && minutes >= 0
            && minutes < 60
            && seconds >= 0
            && seconds < 60
            && micros >= 0;
    return isTime ? ((hours * 60L + minutes) * 60 + seconds) * MICROS + micros : NONE;
  }

  /** A number of so many digits; -1 where they are not all digits. */
  private static int digits(byte[] text, int start, int count) {
    int number = 0;
    for (int i = start; i < start + count; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
