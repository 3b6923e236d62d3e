package io.picklift.app.encoding.text;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Damage: line ends of one byte that a transfer or a text column made two of. */
final class Crlf extends Damage {
  Crlf() {
    super("crlf");
  }

  /** Each line end, or it was none of the kind that came of it. */
  @Override
  public boolean detects(byte[] bytes) {
    boolean isAny = false;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        if (i == 0 || bytes[i - 1] != '\r') {
          return false;
        }
        isAny = true;
      }
    }
    return isAny;
  }

  @Override
  byte @Nullable [] read(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
    for (int i = 0; i < text.length; i++) {
      boolean isPair = text[i] == '\r' && i + 1 < text.length && text[i + 1] == '\n';
      if (!isPair) {
        out.write(text[i]);
      }
    }
    return out.toByteArray();
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(inner.length + 64);
    for (byte b : inner) {
      if (b == '\n') {
        out.write('\r');
      }
      out.write(b);
    }
    return out.toByteArray();
  }
}
