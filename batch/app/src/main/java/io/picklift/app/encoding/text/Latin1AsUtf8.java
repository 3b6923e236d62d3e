package io.picklift.app.encoding.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Damage: bytes that were taken for Latin-1 or Windows-1252, and stored as the UTF-8 of these
 * characters. MySQL's {@code latin1} is Windows-1252 with the five bytes it lacks as themselves.
 */
final class Latin1AsUtf8 extends Damage {
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private final boolean isWindows;

  Latin1AsUtf8(String label, boolean isWindows) {
    super(label);
    this.isWindows = isWindows;
  }

  /** Something beyond ASCII, and all of it UTF-8 of two or three bytes. */
  @Override
  public boolean detects(byte[] bytes) {
    boolean isAny = false;
    for (byte b : bytes) {
      int unsigned = b & 0xff;
      if (unsigned >= 0xf0) {
        return false;
      }
      isAny |= unsigned >= 0xc2;
    }
    return isAny;
  }

  @Override
  byte @Nullable [] read(byte[] text) {
    try {
      CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      byte[] bytes = new byte[chars.length()];
      for (int i = 0; i < bytes.length; i++) {
        int b = one(chars.charAt(i));
        if (b < 0) {
          return null;
        }
        bytes[i] = (byte) b;
      }
      return bytes;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private int one(char c) {
    if (!isWindows || c < 0x80) {
      return c <= 0xff ? c : -1;
    }
    byte[] bytes = String.valueOf(c).getBytes(WINDOWS);
    boolean isThere = bytes.length == 1 && bytes[0] != '?';
    return isThere ? bytes[0] & 0xff : c >= 0x80 && c < 0xa0 ? c : -1;
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    StringBuilder text = new StringBuilder(inner.length);
    for (byte b : inner) {
      int unsigned = b & 0xff;
      String windows = isWindows ? new String(new byte[] {b}, WINDOWS) : "";
      boolean isNone = windows.isEmpty() || windows.charAt(0) == '\ufffd';
      text.append(isNone ? String.valueOf((char) unsigned) : windows);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
