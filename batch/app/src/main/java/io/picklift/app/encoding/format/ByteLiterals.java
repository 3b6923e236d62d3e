package io.picklift.app.encoding.format;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Bytes and text as formats need them. */
public final class ByteLiterals {
  private ByteLiterals() {}

  /** Bytes as a part of a recipe: without blanks and colons. */
  public static String of(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public static byte[] bytes(String literal) {
    return Base64.getUrlDecoder().decode(literal);
  }

  /** Bytes as text, a character each. */
  public static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  public static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static boolean startsWith(byte[] bytes, int at, byte[] prefix) {
    if (bytes.length - at < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (bytes[at + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  /** A blank, a tab or a line end. */
  public static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }

  /** Whether all bytes are printable ASCII or blanks. */
  public static boolean isAsciiText(byte[] bytes) {
    for (byte b : bytes) {
      if (!isBlank(b) && (b < 0x20 || b == 0x7f)) {
        return false;
      }
    }
    return bytes.length > 0;
  }

  public static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
