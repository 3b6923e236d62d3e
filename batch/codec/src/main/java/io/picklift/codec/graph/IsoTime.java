package io.picklift.codec.graph;

/**
 * The packed states of {@code datetime.date}, {@code time} and {@code datetime}, and Python's
 * {@code isoformat()}.
 */
final class IsoTime {
  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private IsoTime() {}

  /**
   * Year (two bytes), month, day.
   *
   * @param fold whether the month's high bit may stand for {@code fold}
   */
  static boolean isDate(byte[] state, boolean fold) {
    int year = year(state);
    int month = fold ? state[2] & 0x7f : state[2];
    if (year < 1 || year > 9999 || month < 1 || month > 12) {
      return false;
    }
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    int days = month == 2 && leap ? 29 : DAYS[month - 1];
    return state[3] >= 1 && state[3] <= days;
  }

  /**
   * Hour, minute, second, microsecond (three bytes).
   *
   * @param fold whether the hour's high bit may stand for {@code fold}
   */
  static boolean isTime(byte[] state, int at, boolean fold) {
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

  static String date(byte[] state) {
    StringBuilder text = new StringBuilder(10);
    digits(text, year(state), 4);
    digits(text.append('-'), state[2] & 0x7f, 2);
    digits(text.append('-'), state[3], 2);
    return text.toString();
  }

  static String time(byte[] state, int at) {
    StringBuilder text = new StringBuilder(15);
    digits(text, state[at] & 0x7f, 2);
    digits(text.append(':'), state[at + 1], 2);
    digits(text.append(':'), state[at + 2], 2);
    int microsecond = microsecond(state, at);
    if (microsecond != 0) {
      digits(text.append('.'), microsecond, 6);
    }
    return text.toString();
  }

  private static int year(byte[] state) {
    return ((state[0] & 0xff) << 8) | (state[1] & 0xff);
  }

  private static int microsecond(byte[] state, int at) {
    return ((state[at + 3] & 0xff) << 16) | ((state[at + 4] & 0xff) << 8) | (state[at + 5] & 0xff);
  }

  private static void digits(StringBuilder text, int value, int width) {
    String digits = Integer.toString(value);
    text.append("0".repeat(width - digits.length())).append(digits);
  }
}
