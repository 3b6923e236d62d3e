package io.picklift.app.follow.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where reading begins.
 *
 * @param gtids transactions that are not wanted, where the server numbers them; null to begin at
 *     file and offset
 * @param file of the log
 * @param isDurable whether the server has in its tables what it has in its log, however it ends
 */
public record LogStart(@Nullable String gtids, String file, long offset, boolean isDurable) {
  private static final Pattern NUMBER = Pattern.compile("\\.(\\d+)$");

  /** Whether positions are sets of transactions. */
  boolean isByGtid() {
    return gtids != null;
  }

  /** Whether a file of the log comes after the one in which reading begins. */
  boolean isBefore(String other) {
    return number(other) > number(file);
  }

  /** A file's number in the log. */
  public static long number(String file) {
    Matcher number = NUMBER.matcher(file);
    return number.find() ? Long.parseLong(number.group(1)) : -1;
  }
}
