package io.picklift.app.decode;

import io.picklift.app.encoding.format.ByteLiterals;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text of base64 or hex in which no pickle was found: what stands in it. */
final class TextAround {
  /** Shorter texts are words and numbers. */
  private static final int SHORTEST = 16;

  /** Enough to know a kind by, and a whole number of groups of both formats. */
  private static final int MOST_LOOKED_AT = 1 << 12;

  private static final Pattern HEX = Pattern.compile("(?:0x|\\\\x)?[0-9a-fA-F\\s]+");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_\\s-]+={0,2}\\s*");
  private static final Pattern MIXED =
      Pattern.compile("(?s)(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9+/=]).*");

  /** How zlib, gzip, bzip2, xz, zstd and lz4 begin. */
  private static final Pattern COMPRESSED =
      Pattern.compile(
          "(?:x[\\x01\\x5e\\x9c\\xda]|\\x1f\\x8b|BZh|\\xfd7zXZ|\\(\\xb5/\\xfd|\\x04\"M\\x18)");

  private TextAround() {}

  /** The kind; null where it is neither base64 nor hex. */
  static @Nullable ContentKind of(byte[] bytes) {
    String text =
        ByteLiterals.latin1(Arrays.copyOf(bytes, Math.min(bytes.length, MOST_LOOKED_AT))).strip();
    if (text.length() < SHORTEST) {
      return null;
    }
    if (HEX.matcher(text).matches() && !text.matches("\\d+")) {
      String digits = text.replaceAll("^(?:0x|\\\\x)|\\s", "");
      return named("hex", HexFormat.of().parseHex(digits.substring(0, digits.length() & ~1)));
    }
    if (!BASE64.matcher(text).matches() || !MIXED.matcher(text).matches()) {
      return null;
    }
    String digits = text.replaceAll("[\\s=]", "").replace('-', '+').replace('_', '/');
    // A text that was cut, or cut off here, ends within a group.
    int length = digits.length() % 4 == 1 ? digits.length() - 1 : digits.length();
    return named("base64", Base64.getDecoder().decode(digits.substring(0, length)));
  }

  private static ContentKind named(String format, byte[] inner) {
    if (COMPRESSED.matcher(ByteLiterals.latin1(inner)).lookingAt()) {
      return new ContentKind(
          ContentKind.ENCODING,
          format + " of compressed data that is damaged or ends early",
          "write the save again, if its application still can");
    }
    ContentKind kind = ContentKind.of(inner);
    // Twelve random bytes are text by chance, and words are base64.
    boolean isWords = kind.reason().equals(ContentKind.PLAIN_TEXT);
    return new ContentKind(
        isWords ? ContentKind.PLAIN_TEXT : ContentKind.NOT_A_PICKLE,
        format + " of " + kind.name(),
        kind.name().equals(ContentKind.UNKNOWN)
            ? "if it is encrypted, only who has the key can read it; else " + ContentKind.LEAVE_OUT
            : ContentKind.LEAVE_OUT);
  }
}
