package io.picklift.app.config;

import java.util.regex.Pattern;

/**
 * A number of rows, written as a count ({@code 50}) or as a share of all rows ({@code 2%}).
 *
 * @param least what a share gives at least
 */
public record CountOrShare(long number, boolean isPercent, long least) {
  private static final Pattern TEXT = Pattern.compile("\\d{1,12}%?");
  private static final int WHOLE = 100;

  /** One percent, or ten, whichever is more. */
  public static final CountOrShare MAX_DELETED = new CountOrShare(1, true, 10);

  /**
   * Reads a bound.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static CountOrShare parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a number or a share, like 50 or 2%");
    }
    boolean isPercent = text.endsWith("%");
    long number = Long.parseLong(isPercent ? text.substring(0, text.length() - 1) : text);
    if (isPercent && number > WHOLE) {
      throw new IllegalArgumentException("must be no more than 100%");
    }
    return new CountOrShare(number, isPercent, 0);
  }

  /** Whether there is no bound: all of them, however often. */
  public boolean isAll() {
    return isPercent && number == WHOLE;
  }

  /** How many of {@code all}. */
  public long of(long all) {
    return isPercent ? Math.max(least, all * number / WHOLE) : number;
  }
}
