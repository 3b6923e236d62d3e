package io.picklift.jython.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Pickles written by hand. */
public final class Pickles {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Appends text of latin-1 as bytes. */
  public Pickles add(String latin1) {
    out.writeBytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Appends a {@code BINUNICODE}. */
  public Pickles text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write('X');
    for (int i = 0; i < 4; i++) {
      out.write(bytes.length >> (8 * i));
    }
    out.writeBytes(bytes);
    return this;
  }

  public byte[] bytes() {
    return out.toByteArray();
  }
}
