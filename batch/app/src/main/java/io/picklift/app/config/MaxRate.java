package io.picklift.app.config;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast a run may go, written {@code 500} (saves a second) or {@code 4MB} (of BLOBs a second).
 *
 * @param perSecond saves or bytes
 * @param isBytes whether these are bytes
 */
public record MaxRate(double perSecond, boolean isBytes) {
  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?) ?(?:(saves)|([kKMG]B))?(?:/s)?");
  private static final double THOUSAND = 1e3;

  /**
   * Reads a rate.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static MaxRate parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    double number = matcher.matches() ? Double.parseDouble(matcher.group(1)) : 0;
    if (number <= 0) {
      throw new IllegalArgumentException(
          "must be saves or bytes a second above 0, like 500 or 4MB");
    }
    String unit = matcher.group(3);
    if (unit == null) {
      return new MaxRate(number, false);
    }
    return new MaxRate(
        switch (unit.charAt(0)) {
          case 'G' -> number * THOUSAND * THOUSAND * THOUSAND;
          case 'M' -> number * THOUSAND * THOUSAND;
          default -> number * THOUSAND;
        },
        true);
  }

  /** As {@link #parse} reads it. */
  public String text() {
    return isBytes
        ? String.format(Locale.ROOT, "%.3fkB", perSecond / THOUSAND)
        : String.format(Locale.ROOT, "%.3f", perSecond);
  }

  @Override
  public String toString() {
    DecimalFormat number =
        new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT));
    return isBytes
        ? number.format(perSecond / 1e6) + " MB a second"
        : number.format(perSecond) + (perSecond == 1 ? " save a second" : " saves a second");
  }
}
