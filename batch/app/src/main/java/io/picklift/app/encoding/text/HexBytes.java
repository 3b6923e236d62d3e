package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.ByteLiterals;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hex with something between the bytes: {@code 80 04 95}, {@code 80:04:95}, {@code 0x80, 0x04}. A
 * style is the case, what is before each byte, and what is between two.
 */
final class HexBytes extends TextEncoding {
  private static final int SHORTEST = 11;
  private static final Pattern START =
      Pattern.compile(
          "(0x|0X|%|\\$|)[0-9a-fA-F]{2}([ :,;|-][ ]?|\n|\r\n)(0x|0X|%|\\$|)[0-9a-fA-F]{2}.*");

  HexBytes() {
    super("hex-bytes");
  }

  /** What is before each byte, and between two. */
  private record Spelling(String before, String between) {}

  private static @Nullable Spelling spelling(byte[] text) {
    if (text.length < SHORTEST) {
      return null;
    }
    Matcher start = START.matcher(ByteLiterals.latin1(Arrays.copyOf(text, SHORTEST)));
    return start.matches() && start.group(1).equals(start.group(3))
        ? new Spelling(start.group(1), start.group(2))
        : null;
  }

  @Override
  public boolean detects(byte[] bytes) {
    Spelling spelling = spelling(bytes);
    if (spelling == null) {
      return false;
    }
    int one = spelling.before().length() + 2;
    int step = one + spelling.between().length();
    return (bytes.length - one) % step == 0;
  }

  @Override
  byte @Nullable [] read(byte[] text) {
    Spelling spelling = spelling(text);
    if (spelling == null) {
      return null;
    }
    int digits = spelling.before().length();
    int step = digits + 2 + spelling.between().length();
    byte[] bytes = new byte[(text.length + spelling.between().length()) / step];
    for (int i = 0; i < bytes.length; i++) {
      int at = i * step + digits;
      if (!HexFormat.isHexDigit(text[at]) || !HexFormat.isHexDigit(text[at + 1])) {
        return null;
      }
      bytes[i] =
          (byte) (HexFormat.fromHexDigit(text[at]) * 16 + HexFormat.fromHexDigit(text[at + 1]));
    }
    return bytes;
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    Spelling spelling = spelling(outer);
    if (spelling == null) {
      return List.of();
    }
    String rest =
        ByteLiterals.of(ByteLiterals.latin1(spelling.before()))
            + "."
            + ByteLiterals.of(ByteLiterals.latin1(spelling.between()));
    boolean isLower = ByteLiterals.latin1(outer).chars().anyMatch(c -> c >= 'a' && c <= 'f');
    return List.of((isLower ? "lower." : "upper.") + rest);
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    String[] parts = style.split("\\.", -1);
    String before = ByteLiterals.latin1(ByteLiterals.bytes(parts[1]));
    String between = ByteLiterals.latin1(ByteLiterals.bytes(parts[2]));
    HexFormat hex = HexFormat.ofDelimiter(between).withPrefix(before);
    return ByteLiterals.latin1(
        (parts[0].equals("upper") ? hex.withUpperCase() : hex).formatHex(inner));
  }
}
