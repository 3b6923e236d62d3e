package io.picklift.codec.text;

import java.nio.charset.StandardCharsets;
import java.time.Year;

/**
 * The packed states of {@code datetime.date}, {@code time} and {@code datetime}, and Python's
 * {@code isoformat()}.
 */
public final class IsoTime {
  private static final int DATE_BYTES = 4;
  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private IsoTime() {}

  /**
   * Year (two bytes), month, day.
   *
   * @param at where they are
   * @param fold whether the month's high bit may stand for {@code fold}
   */
  public static boolean isDate(byte[] state, int at, boolean fold) {
    int year = year(state, at);
    int month = fold ? state[at + 2] & 0x7f : state[at + 2];
    if (year < 1 || year > 9999 || month < 1 || month > 12) {
      return false;
    }
    int day = state[at + 3];
    return day >= 1 && (day <= DAYS[month - 1] || (month == 2 && day == 29 && Year.isLeap(year)));
  }

  /**
   * Hour, minute, second, microsecond (three bytes).
   *
   * @param fold whether the hour's high bit may stand for {@code fold}
   */
  public static boolean isTime(byte[] state, int at, boolean fold) {
    int hour = fold ? state[at] & 0x7f : state[at];
    return hour >= 0
        && hour < 24
        && isSixtieth(state[at + 1])
        && isSixtieth(state[at + 2])
        && microsecond(state, at) < 1_000_000;
  }

  private static boolean isSixtieth(byte value) {
    return value >= 0 && value < 60;
  }

  public static String date(byte[] state) {
    byte[] text = {'0', '0', '0', '0', '-', '0', '0', '-', '0', '0'};
    digits(text, 4, year(state, 0));
    digits(text, 7, state[2] & 0x7f);
    digits(text, 10, state[3]);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  public static String dateTime(byte[] state) {
    return date(state) + "T" + time(state, DATE_BYTES);
  }

  public static String time(byte[] state) {
    return time(state, 0);
  }

  private static String time(byte[] state, int at) {
    byte[] text = {'0', '0', ':', '0', '0', ':', '0', '0', '.', '0', '0', '0', '0', '0', '0'};
    digits(text, 2, state[at] & 0x7f);
    digits(text, 5, state[at + 1]);
    digits(text, 8, state[at + 2]);
    int microsecond = microsecond(state, at);
    digits(text, 15, microsecond);
    return new String(text, 0, microsecond == 0 ? 8 : 15, StandardCharsets.ISO_8859_1);
  }

  private static int year(byte[] state, int at) {
    return ((state[at] & 0xff) << 8) | (state[at + 1] & 0xff);
  }

  private static int microsecond(byte[] state, int at) {
    return ((state[at + 3] & 0xff) << 16) | ((state[at + 4] & 0xff) << 8) | (state[at + 5] & 0xff);
  }

  /** Writes digits so that they end before {@code end}, where zeros stand. */
  private static void digits(byte[] text, int end, int value) {
    int at = end;
    for (int left = value; left > 0; left /= 10) {
      text[--at] = (byte) ('0' + left % 10);
    }
  }
}
