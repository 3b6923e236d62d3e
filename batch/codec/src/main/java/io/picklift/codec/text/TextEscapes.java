package io.picklift.codec.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The escapes of the text opcodes {@code STRING} and {@code UNICODE}. */
public final class TextEscapes {
  private TextEscapes() {}

  /**
   * The bytes of a {@code STRING} argument with its quotes, as CPython's {@code load_string} and
   * {@code PyBytes_DecodeEscape} read it.
   *
   * @return null where the quotes are not the same at both ends, or an escape is not complete
   */
  public static byte @Nullable [] string(byte[] source, int offset, int length) {
    int end = offset + length - 1;
    if (length < 2 || source[offset] != source[end] || !isQuote(source[offset])) {
      return null;
    }
    byte[] out = new byte[length - 2];
    int size = 0;
    int at = offset + 1;
    while (at < end) {
      byte c = source[at++];
      if (c != '\\') {
        out[size++] = c;
        continue;
      }
      if (at == end) {
        return null;
      }
      c = source[at++];
      int simple = simpleEscape(c);
      if (simple >= 0) {
        out[size++] = (byte) simple;
      } else if (c >= '0' && c <= '7') {
        int value = c - '0';
        for (int i = 0; i < 2 && at < end && source[at] >= '0' && source[at] <= '7'; i++) {
          value = value * 8 + source[at++] - '0';
        }
        out[size++] = (byte) value;
      } else if (c == 'x') {
        int value = hex(source, at, end, 2);
        if (value < 0) {
          return null;
        }
        at += 2;
        out[size++] = (byte) value;
      } else if (c != '\n') {
        out[size++] = '\\';
        out[size++] = c;
      }
    }
    return Arrays.copyOf(out, size);
  }

  private static boolean isQuote(byte c) {
    return c == '\'' || c == '"';
  }

  private static int simpleEscape(byte c) {
    return switch (c) {
      case '\\', '\'', '"' -> c;
      case 'a' -> 7;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 11;
      default -> -1;
    };
  }

  /**
   * A {@code UNICODE} argument (raw-unicode-escape: only {@code \}{@code u} and {@code \}{@code U}
   * are escapes, other bytes are Latin-1) as UTF-8 in which surrogates stand as three bytes.
   *
   * @return null where an escape is not complete or beyond U+10FFFF
   */
  public static byte @Nullable [] unicode(byte[] source, int offset, int length) {
    int end = offset + length;
    byte[] out = new byte[length * 2];
    int size = 0;
    int at = offset;
    while (at < end) {
      int c = source[at++] & 0xff;
      if (c == '\\' && at < end) {
        int kind = source[at++] & 0xff;
        if (kind == 'u' || kind == 'U') {
          int digits = kind == 'u' ? 4 : 8;
          c = hex(source, at, end, digits);
          if (c < 0 || c > Character.MAX_CODE_POINT) {
            return null;
          }
          at += digits;
        } else {
          out[size++] = '\\';
          c = kind;
        }
      }
      size = Utf8.put(out, size, c);
    }
    return Arrays.copyOf(out, size);
  }

  /**
   * The value of exactly {@code digits} hexadecimal digits; -1 where they are not there, or beyond
   * 31 bits.
   */
  private static int hex(byte[] source, int at, int end, int digits) {
    if (end - at < digits) {
      return -1;
    }
    long value = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = source[i] < 0 ? -1 : Character.digit(source[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    return value > Integer.MAX_VALUE ? -1 : (int) value;
  }
}
