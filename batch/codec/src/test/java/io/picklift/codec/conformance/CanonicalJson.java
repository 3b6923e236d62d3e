package io.picklift.codec.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;

/**
 * JSON as the oracle's hashes take it: no blanks, ASCII alone, escapes as Python's {@code json}
 * writes them. Numbers and the order of members stay as they are.
 */
final class CanonicalJson {
  private static final String SHORT = "\"\\\b\f\n\r\t";
  private static final String LETTERS = "\"\\bfnrt";

  private CanonicalJson() {}

  static String of(byte[] utf8) {
    String json = new String(utf8, UTF_8);
    StringBuilder out = new StringBuilder(json.length());
    boolean inString = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '"') {
        inString = !inString;
        out.append(c);
      } else if (!inString) {
        if (" \t\r\n".indexOf(c) < 0) {
          out.append(c);
        }
      } else if (c == '\\') {
        char letter = json.charAt(++i);
        int known = LETTERS.indexOf(letter);
        if (letter == 'u') {
          escape((char) Integer.parseInt(json.substring(i + 1, i + 5), 16), out);
          i += 4;
        } else {
          escape(known < 0 ? letter : SHORT.charAt(known), out);
        }
      } else {
        escape(c, out);
      }
    }
    return out.toString();
  }

  private static void escape(char c, StringBuilder out) {
    int known = SHORT.indexOf(c);
    if (known >= 0) {
      out.append('\\').append(LETTERS.charAt(known));
    } else if (c < ' ' || c > '~') {
      out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    } else {
      out.append(c);
    }
  }
}
