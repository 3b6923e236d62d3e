package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.ByteLiterals;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Blanks, line ends and NULs around a value, and the mark that some editors put before UTF-8. A
 * style is what is before and behind.
 */
final class Blanks extends TextEncoding {
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  Blanks() {
    super("blanks");
  }

  private static boolean isBlank(byte b) {
    return b == 0 || ByteLiterals.isBlank(b);
  }

  private static int start(byte[] bytes) {
    int start = ByteLiterals.startsWith(bytes, 0, MARK) ? MARK.length : 0;
    while (start < bytes.length && isBlank(bytes[start])) {
      start++;
    }
    return start;
  }

  private static int end(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && isBlank(bytes[end - 1])) {
      end--;
    }
    return end;
  }

  @Override
  public boolean detects(byte[] bytes) {
    return start(bytes) > 0 || end(bytes) < bytes.length;
  }

  @Override
  byte @Nullable [] read(byte[] text) {
    int start = start(text);
    int end = end(text);
    return end <= start ? null : Arrays.copyOfRange(text, start, end);
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    byte[] lead = Arrays.copyOf(outer, start(outer));
    byte[] tail = Arrays.copyOfRange(outer, end(outer), outer.length);
    return List.of(ByteLiterals.of(lead) + "." + ByteLiterals.of(tail));
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    int dot = style.indexOf('.');
    return ByteLiterals.join(
        ByteLiterals.bytes(style.substring(0, dot)),
        inner,
        ByteLiterals.bytes(style.substring(dot + 1)));
  }
}
