package io.picklift.app.encoding.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text with backslashes and without quotes around it. There is one style a kind. */
final class EscapedText extends TextEncoding {
  private final Escapes escapes;

  EscapedText(String label, Escapes escapes) {
    super(label);
    this.escapes = escapes;
  }

  @Override
  public boolean isWeak() {
    return true;
  }

  @Override
  public boolean detects(byte[] bytes) {
    boolean isAny = false;
    for (byte b : bytes) {
      if (escapes.isAscii() && (b < 0x20 || b == 0x7f)) {
        return false;
      }
      isAny |= b == '\\';
    }
    return isAny;
  }

  @Override
  byte @Nullable [] read(byte[] text) {
    return escapes.read(text, 0, text.length);
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return List.of("plain");
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    return escapes.write(inner);
  }
}
