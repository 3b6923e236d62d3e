package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.ByteLiterals;
import org.jspecify.annotations.Nullable;

/** Blanks, line ends and NULs around a value, and the mark that some editors put before UTF-8. */
final class Blanks extends Surrounded {
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
  @Nullable Span find(byte[] bytes) {
    int start = start(bytes);
    int end = end(bytes);
    return end <= start ? null : new Span(start, end);
  }
}
