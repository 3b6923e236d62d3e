package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.ByteLiterals;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * How a text of base64 is written.
 *
 * @param alphabet {@code std}, {@code url}, or {@code form}: standard with blanks in place of +
 * @param isPadded whether it is padded to groups of four
 * @param width the characters in a line; 0 for one line
 * @param lineEnd what stands between lines
 * @param lead what stands before all
 * @param tail what stands behind all
 */
record Base64Style(
    String alphabet, boolean isPadded, int width, String lineEnd, String lead, String tail) {
  private static final Base64Style PLAIN = new Base64Style("std", true, 0, "", "", "");

  /** The names of those that are in use; older targets know only these. */
  private static final Map<String, Base64Style> NAMED =
      Map.of(
          "plain", PLAIN,
          "bare", new Base64Style("std", false, 0, "", "", ""),
          "lines", new Base64Style("std", true, 76, "\n", "", "\n"),
          "line", new Base64Style("std", true, 0, "", "", "\n"),
          "url", new Base64Style("url", true, 0, "", "", ""),
          "url_bare", new Base64Style("url", false, 0, "", "", ""));

  /** How a text is written, as far as can be seen. */
  static Base64Style of(String text) {
    String body = text.strip();
    int start = text.indexOf(body);
    int end = start + body.length();
    String lead = text.substring(0, start);
    String tail = text.substring(end);
    int width = 0;
    while (width < body.length() && !ByteLiterals.isBlank((byte) body.charAt(width))) {
      width++;
    }
    int next = width;
    while (next < body.length() && ByteLiterals.isBlank((byte) body.charAt(next))) {
      next++;
    }
    String lineEnd = body.substring(width, next);
    boolean isUrl = body.indexOf('-') >= 0 || body.indexOf('_') >= 0;
    long digits = body.chars().filter(c -> !ByteLiterals.isBlank((byte) c)).count();
    boolean isForm = lineEnd.equals(" ") && digits % 4 != 0;
    // Without padding and without need of it looks like padded: the latter is usual.
    boolean isPadded = body.endsWith("=") || digits % 4 == 0 || isForm;
    boolean isLines = next < body.length() && !isForm;
    return new Base64Style(
        isForm ? "form" : isUrl ? "url" : "std",
        isPadded,
        isLines ? width : 0,
        isLines ? lineEnd : "",
        lead,
        tail);
  }

  String text() {
    for (Map.Entry<String, Base64Style> named : NAMED.entrySet()) {
      if (named.getValue().equals(this)) {
        return named.getKey();
      }
    }
    return alphabet
        + (isPadded ? ".pad." : ".bare.")
        + width
        + "."
        + literal(lineEnd)
        + "."
        + literal(lead)
        + "."
        + literal(tail);
  }

  static Base64Style parse(String text) {
    Base64Style named = NAMED.get(text);
    if (named != null) {
      return named;
    }
    String[] parts = text.split("\\.", -1);
    return new Base64Style(
        parts[0],
        parts[1].equals("pad"),
        Integer.parseInt(parts[2]),
        plain(parts[3]),
        plain(parts[4]),
        plain(parts[5]));
  }

  private static String literal(String text) {
    return ByteLiterals.of(ByteLiterals.latin1(text));
  }

  private static String plain(String literal) {
    return ByteLiterals.latin1(ByteLiterals.bytes(literal));
  }

  byte[] write(byte[] bytes) {
    Base64.Encoder encoder =
        width > 0 && width % 4 == 0 && alphabet.equals("std")
            ? Base64.getMimeEncoder(width, ByteLiterals.latin1(lineEnd))
            : alphabet.equals("url") ? Base64.getUrlEncoder() : Base64.getEncoder();
    String body = (isPadded ? encoder : encoder.withoutPadding()).encodeToString(bytes);
    if (alphabet.equals("form")) {
      body = body.replace('+', ' ');
    } else if (width > 0 && !(width % 4 == 0 && alphabet.equals("std"))) {
      body = broken(body);
    }
    return (lead + body + tail).getBytes(StandardCharsets.ISO_8859_1);
  }

  private String broken(String body) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < body.length(); i += width) {
      lines.append(i == 0 ? "" : lineEnd);
      lines.append(body, i, Math.min(body.length(), i + width));
    }
    return lines.toString();
  }
}
