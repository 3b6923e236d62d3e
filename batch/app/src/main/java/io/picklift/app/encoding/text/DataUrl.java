package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.ByteLiterals;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a data URL holds, as text: {@code data:application/octet-stream;base64,} and then base64,
 * which is an encoding of its own. A style is all that is before the comma.
 */
final class DataUrl extends TextEncoding {
  private static final Pattern HEAD =
      Pattern.compile("data:[\\w.+/-]*(?:;[\\w.+-]+=[\\w.+-]+)*;base64,");

  private static final int LONGEST = 256;

  DataUrl() {
    super("data-url");
  }

  private static int head(byte[] bytes) {
    String start = ByteLiterals.latin1(Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST)));
    Matcher head = HEAD.matcher(start);
    return head.lookingAt() ? head.end() : -1;
  }

  @Override
  public boolean detects(byte[] bytes) {
    return head(bytes) > 0;
  }

  @Override
  byte @Nullable [] read(byte[] text) {
    int head = head(text);
    return head < 0 ? null : Arrays.copyOfRange(text, head, text.length);
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return List.of(ByteLiterals.of(Arrays.copyOf(outer, head(outer))));
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    return ByteLiterals.join(ByteLiterals.bytes(style), inner);
  }
}
