package io.picklift.schema.text;

import java.util.Locale;

/** Numbers as reports show them. */
public final class Figures {
  private Figures() {}

  /** A share from 0 to 1: {@code 12.5%}. */
  public static String percent(double share) {
    double percent = share * 100;
    if (percent > 0 && percent < 0.1) {
      return "<0.1%";
    }
    boolean isWhole = percent > 99.95 || percent == 0;
    return String.format(Locale.ROOT, isWhole ? "%.0f%%" : "%.1f%%", percent);
  }

  /** A whole number: {@code 1,234}. */
  public static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** So many bytes, in units of a thousand: {@code 4.2 KB}. */
  public static String bytes(long value) {
    String[] units = {"bytes", "KB", "MB", "GB", "TB"};
    double rest = (double) value;
    int unit = 0;
    while (rest >= 1000 && unit < units.length - 1) {
      rest /= 1000;
      unit++;
    }
    boolean isSmall = rest < 10 && unit > 0;
    return String.format(Locale.ROOT, isSmall ? "%.1f" : "%.0f", rest) + " " + units[unit];
  }
}
