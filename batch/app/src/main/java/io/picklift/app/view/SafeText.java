package io.picklift.app.view;

/** Text from a source or a pickle as a terminal and a line of a report may show it. */
public final class SafeText {
  private SafeText() {}

  /**
   * The text on one line, without what a terminal would obey: control characters, line ends,
   * characters that change the direction of writing and halves of surrogate pairs are shown as
   * {@code \x1b} or {@code \}{@code u202e}.
   */
  public static String line(String text) {
    if (text.codePoints().noneMatch(SafeText::isHidden)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (isHidden(c)) {
                shown.append(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }

  /** No more than so many characters of a text; none is cut in two. */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
