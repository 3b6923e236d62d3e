package io.picklift.app.encoding.text;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value in quotes, with each quote in it doubled, as CSV and SQL have it. A style is the quote's
 * character.
 */
final class QuotedText extends TextEncoding {
  QuotedText() {
    super("quoted");
  }

  @Override
  public boolean isWeak() {
    return true;
  }

  @Override
  public boolean detects(byte[] bytes) {
    int last = bytes.length - 1;
    return last > 2 && (bytes[0] == '"' || bytes[0] == '\'') && bytes[last] == bytes[0];
  }

  @Override
  byte @Nullable [] read(byte[] text) {
    byte quote = text[0];
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
    for (int i = 1; i < text.length - 1; i++) {
      if (text[i] == quote) {
        i++;
        if (i == text.length - 1 || text[i] != quote) {
          return null;
        }
      }
      out.write(text[i]);
    }
    return out.toByteArray();
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return List.of(outer[0] == '"' ? "double" : "single");
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    char quote = style.equals("double") ? '"' : '\'';
    ByteArrayOutputStream out = new ByteArrayOutputStream(inner.length + 2);
    out.write(quote);
    for (byte b : inner) {
      out.write(b);
      if (b == quote) {
        out.write(b);
      }
    }
    out.write(quote);
    return out.toByteArray();
  }
}
