package io.picklift.codec.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether text is what {@code str()} of Python's {@code decimal.Decimal} gives: then it says all of
 * the value.
 */
public final class DecimalText {
  private static final long MAX_EXPONENT = 999_999_999_999_999_999L;
  private static final long MIN_ETINY = -1_999_999_999_999_999_997L;

  /** Below this many zeros after the point Python writes an exponent. */
  private static final int PLAIN_ZEROS = -6;

  private static final Pattern SPECIAL = Pattern.compile("-?(?:Infinity|s?NaN(?:[1-9][0-9]*+)?+)");
  private static final Pattern NUMBER =
      Pattern.compile("-?([0-9]++)(?:\\.([0-9]++))?+(?:E([+-])([0-9]{1,19}+))?+");

  private DecimalText() {}

  public static boolean isCanonical(String text) {
    return isPlain(text) || isAny(text);
  }

  /** Up to five places after the point, and no zero too many: what nearly all are. */
  private static boolean isPlain(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int point = text.indexOf('.');
    int end = point < 0 ? text.length() : point;
    boolean isShort = point < 0 || (text.length() > end + 1 && text.length() <= end - PLAIN_ZEROS);
    boolean isWhole = end == start + 1 || (end > start && text.charAt(start) != '0');
    return isShort
        && isWhole
        && areDigits(text, start, end)
        && areDigits(text, end + 1, text.length());
  }

  private static boolean areDigits(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean isAny(String text) {
    if (SPECIAL.matcher(text).matches()) {
      return true;
    }
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      return false;
    }
    String whole = number.group(1);
    String fraction = number.group(2) == null ? "" : number.group(2);
    long written = 0;
    if (number.group(3) != null) {
      String digits = number.group(4);
      if (digits.length() > 1 && digits.startsWith("0")) {
        return false;
      }
      // 19 digits may be beyond a long; so far out no Decimal is.
      written =
          digits.length() == 19 && digits.compareTo("1999999999999999999") > 0
              ? Long.MAX_VALUE / 2
              : Long.parseLong(digits);
      written = number.group(3).equals("-") ? -written : written;
    }
    return isWrittenSo(whole, fraction, written, number.group(3) != null);
  }

  /** Whether Python writes the number of these digits and exponent in just this way. */
  private static boolean isWrittenSo(
      String whole, String fraction, long written, boolean hasExponent) {
    String digits = whole + fraction;
    int zeros = 0;
    while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
      zeros++;
    }
    int significant = digits.length() - zeros;
    long exponent = written - fraction.length();
    long left = exponent + significant;
    if (left - 1 > MAX_EXPONENT || exponent < MIN_ETINY) {
      return false;
    }
    if (exponent <= 0 && left > PLAIN_ZEROS) {
      // Plain: as many digits before the point as there are, or one zero.
      return !hasExponent && (left > 0 ? whole.length() == left : whole.equals("0"));
    }
    return hasExponent && written == left - 1 && whole.length() == 1 && zeros == 0;
  }
}
