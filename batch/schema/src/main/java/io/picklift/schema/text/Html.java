package io.picklift.schema.text;

import java.util.Locale;

/** Pieces of HTML, and text for XML. */
public final class Html {
  private Html() {}

  public static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(isLegal(c) && isPaired(text, i) ? c : '?');
      }
    }
    return out.toString();
  }

  /** XML has no place for most control characters, not even escaped. */
  private static boolean isLegal(char c) {
    return (c >= ' ' && c < 0xfffe) || c == '\n' || c == '\t';
  }

  /** Whether no half of a surrogate pair stands there alone. */
  private static boolean isPaired(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
    }
    return !Character.isLowSurrogate(c)
        || (at > 0 && Character.isHighSurrogate(text.charAt(at - 1)));
  }

  /** A cell with a bar; sorts by the share. */
  public static String bar(double share) {
    double percent = Math.max(0, Math.min(100, share * 100));
    return String.format(
        Locale.ROOT,
        "<td data-v=\"%.4f\"><span class=\"bar\"><i style=\"width:%.1f%%\"></i></span> %s</td>",
        share,
        percent,
        percent(share));
  }

  public static String percent(double share) {
    double percent = share * 100;
    if (percent > 0 && percent < 0.1) {
      return "&lt;0.1%";
    }
    boolean isWhole = percent > 99.95 || percent == 0;
    return String.format(Locale.ROOT, isWhole ? "%.0f%%" : "%.1f%%", percent);
  }

  public static String number(long value) {
    return String.format(Locale.ROOT, "<td class=\"n\" data-v=\"%d\">%,d</td>", value, value);
  }

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
