package io.picklift.codec.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * UTF-8 as Python decodes it: strictly, or with {@code surrogatepass}, which also takes surrogates
 * of three bytes.
 */
public final class Utf8 {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Utf8() {}

  /** Whether all of the bytes are ASCII. */
  public static boolean isAscii(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int at = offset;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      if (((long) LONG.get(bytes, at) & HIGH_BITS) != 0) {
        return false;
      }
    }
    for (; at < end; at++) {
      if (bytes[at] < 0) {
        return false;
      }
    }
    return true;
  }

  /** Eight bytes at once, lowest first. */
  public static long longAt(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }

  /** Whether the bytes are UTF-8 in which surrogates may stand as if they were characters. */
  public static boolean isSurrogatePass(byte[] bytes, int offset, int length) {
    return isAscii(bytes, offset, length) || isValid(bytes, offset, offset + length, true);
  }

  /** Whether the bytes are UTF-8 as the standard has it. */
  public static boolean isStrict(byte[] bytes, int offset, int length) {
    return isAscii(bytes, offset, length) || isValid(bytes, offset, offset + length, false);
  }

  private static boolean isValid(byte[] bytes, int offset, int end, boolean surrogates) {
    int at = offset;
    while (at < end) {
      int first = bytes[at];
      if (first >= 0) {
        at++;
        continue;
      }
      int size = sequence(bytes, at, end, surrogates);
      if (size == 0) {
        return false;
      }
      at += size;
    }
    return true;
  }

  /**
   * The length of the sequence at {@code at}, whose first byte is not ASCII; 0 where it is none.
   */
  private static int sequence(byte[] bytes, int at, int end, boolean surrogates) {
    int first = bytes[at] & 0xff;
    if (first < 0xc2 || at + 1 >= end) {
      return 0;
    }
    int second = bytes[at + 1] & 0xff;
    if ((second & 0xc0) != 0x80) {
      return 0;
    }
    if (first < 0xe0) {
      return 2;
    }
    if (at + 2 >= end || (bytes[at + 2] & 0xc0) != 0x80) {
      return 0;
    }
    if (first < 0xf0) {
      boolean overlong = first == 0xe0 && second < 0xa0;
      boolean surrogate = first == 0xed && second >= 0xa0;
      return overlong || (surrogate && !surrogates) ? 0 : 3;
    }
    if (first > 0xf4 || at + 3 >= end || (bytes[at + 3] & 0xc0) != 0x80) {
      return 0;
    }
    boolean outside = (first == 0xf0 && second < 0x90) || (first == 0xf4 && second >= 0x90);
    return outside ? 0 : 4;
  }

  /** Writes a code point, a surrogate too, at {@code at}; returns the position after it. */
  static int put(byte[] out, int at, int codePoint) {
    int next = at;
    if (codePoint < 0x80) {
      out[next++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      out[next++] = (byte) (0xc0 | (codePoint >> 6));
      out[next++] = (byte) (0x80 | (codePoint & 0x3f));
    } else if (codePoint < 0x10000) {
      out[next++] = (byte) (0xe0 | (codePoint >> 12));
      out[next++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
      out[next++] = (byte) (0x80 | (codePoint & 0x3f));
    } else {
      out[next++] = (byte) (0xf0 | (codePoint >> 18));
      out[next++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
      out[next++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
      out[next++] = (byte) (0x80 | (codePoint & 0x3f));
    }
    return next;
  }
}
