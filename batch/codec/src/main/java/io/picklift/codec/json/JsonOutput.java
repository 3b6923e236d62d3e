package io.picklift.codec.json;

import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** JSON's single values, as bytes through a buffer, up to a limit. */
final class JsonOutput {
  private static final int CAPACITY = 1 << 15;

  /** The longest number, of whatever kind, and more than any escape. */
  private static final int ROOM = 32;

  /** Bytes that come before a base64 text is written in pieces: a multiple of three. */
  private static final int BASE64_PIECE = 12_288;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ESCAPES = escapes();
  private static final byte UNICODE = 'u';
  private static final byte LEAD = 'l';

  /** Python writes an exponent where the first digit stands at 10^16 or above, or below 10^-4. */
  private static final int MAX_PLAIN = 16;

  private static final int MIN_PLAIN = -4;

  private final OutputStream out;
  private final long limit;
  private final byte[] buffer = new byte[CAPACITY];
  private final byte[] digits = new byte[ROOM];
  private final ShortestDecimal decimal = new ShortestDecimal();
  private int size;
  private long flushed;

  JsonOutput(OutputStream out, long limit) {
    this.out = out;
    this.limit = limit;
  }

  /**
   * For a byte of UTF-8 in a text: 0 as it is, else the letter of its escape, or what to look at.
   */
  private static byte[] escapes() {
    byte[] escapes = new byte[256];
    for (int i = 0; i < ' '; i++) {
      escapes[i] = UNICODE;
    }
    escapes['\b'] = 'b';
    escapes['\f'] = 'f';
    escapes['\n'] = 'n';
    escapes['\r'] = 'r';
    escapes['\t'] = 't';
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    // The first byte of U+D000 to U+DFFF, surrogates among them.
    escapes[0xed] = LEAD;
    return escapes;
  }

  void flush() throws IOException, LimitException {
    check(size);
    out.write(buffer, 0, size);
    flushed += size;
    size = 0;
  }

  private void check(long more) throws LimitException {
    if (flushed + more > limit) {
      throw new LimitException(ErrorCode.LIMIT_OUTPUT, "output", limit, -1, "");
    }
  }

  private void room(int bytes) throws IOException, LimitException {
    if (CAPACITY - size < bytes) {
      flush();
    }
  }

  void write(byte c) throws IOException, LimitException {
    room(1);
    buffer[size++] = c;
  }

  void write(byte[] ascii) throws IOException, LimitException {
    room(ascii.length);
    System.arraycopy(ascii, 0, buffer, size, ascii.length);
    size += ascii.length;
  }

  void ascii(String text) throws IOException, LimitException {
    check((long) size + text.length());
    for (int i = 0; i < text.length(); i++) {
      write((byte) text.charAt(i));
    }
  }

  void number(long value) throws IOException, LimitException {
    room(ROOM);
    if (value < 0) {
      buffer[size++] = '-';
    }
    // Negative, since the least long has no positive.
    long rest = value < 0 ? value : -value;
    int count = 0;
    do {
      digits[count++] = (byte) ('0' - rest % 10);
      rest /= 10;
    } while (rest != 0);
    while (count > 0) {
      buffer[size++] = digits[--count];
    }
  }

  /** A finite double as Python's {@code repr} has it. */
  void number(double value) throws IOException, LimitException {
    room(2 * ROOM);
    if (Double.doubleToRawLongBits(value) < 0) {
      buffer[size++] = '-';
    }
    if (value == 0) {
      buffer[size++] = '0';
      buffer[size++] = '.';
      buffer[size++] = '0';
      return;
    }
    decimal.set(value);
    int count = 0;
    for (long rest = decimal.digits(); rest != 0; rest /= 10) {
      digits[count++] = (byte) ('0' + rest % 10);
    }
    int point = count + decimal.exponent();
    if (point > MIN_PLAIN && point <= MAX_PLAIN) {
      plain(count, point);
    } else {
      exponent(count, point - 1);
    }
  }

  /** {@code digits} hold the lowest first; {@code point} of them stand before the point. */
  private void plain(int count, int point) {
    if (point <= 0) {
      buffer[size++] = '0';
      buffer[size++] = '.';
      for (int i = point; i < 0; i++) {
        buffer[size++] = '0';
      }
    }
    for (int i = 0; i < count; i++) {
      if (i == point && point > 0) {
        buffer[size++] = '.';
      }
      buffer[size++] = digits[count - 1 - i];
    }
    if (point >= count) {
      for (int i = count; i < point; i++) {
        buffer[size++] = '0';
      }
      buffer[size++] = '.';
      buffer[size++] = '0';
    }
  }

  private void exponent(int count, int power) throws IOException, LimitException {
    buffer[size++] = digits[count - 1];
    if (count > 1) {
      buffer[size++] = '.';
    }
    for (int i = count - 2; i >= 0; i--) {
      buffer[size++] = digits[i];
    }
    buffer[size++] = 'e';
    buffer[size++] = (byte) (power < 0 ? '-' : '+');
    int absolute = Math.abs(power);
    if (absolute < 10) {
      buffer[size++] = '0';
    }
    number((long) absolute);
  }

  /** Text from UTF-8 in which surrogates stand as three bytes each. */
  void text(byte[] utf8, int offset, int length) throws IOException, LimitException {
    write((byte) '"');
    textPart(utf8, offset, length);
    write((byte) '"');
  }

  /** Text without its quotes. */
  void textPart(byte[] utf8, int offset, int length) throws IOException, LimitException {
    int end = offset + length;
    int at = offset;
    while (at < end) {
      int stop = Math.min(end, at + CAPACITY / 8);
      room(stop - at + ROOM);
      at = plainText(utf8, at, stop);
      if (at < stop) {
        at += escape(utf8, at);
      }
    }
  }

  /** Copies up to the first byte that is not written as it is; there is room for all. */
  private int plainText(byte[] utf8, int from, int end) {
    byte[] target = buffer;
    int to = size;
    int at = from;
    while (at < end) {
      byte b = utf8[at];
      if (ESCAPES[b & 0xff] != 0) {
        break;
      }
      target[to++] = b;
      at++;
    }
    size = to;
    return at;
  }

  /** Writes what starts with a byte that {@link #ESCAPES} names; returns how many bytes it took. */
  private int escape(byte[] utf8, int at) {
    byte b = utf8[at];
    byte escape = ESCAPES[b & 0xff];
    if (escape == LEAD) {
      int second = utf8[at + 1] & 0xff;
      int third = utf8[at + 2] & 0xff;
      if (second >= 0xa0) {
        unicode(0xd000 | ((second & 0x3f) << 6) | (third & 0x3f));
      } else {
        buffer[size++] = b;
        buffer[size++] = (byte) second;
        buffer[size++] = (byte) third;
      }
      return 3;
    }
    if (escape == UNICODE) {
      unicode(b);
    } else {
      buffer[size++] = '\\';
      buffer[size++] = escape;
    }
    return 1;
  }

  private void unicode(int unit) {
    buffer[size++] = '\\';
    buffer[size++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      buffer[size++] = HEX[(unit >> shift) & 0xf];
    }
  }

  /** Base64 in quotes. */
  void base64(byte[] bytes, int offset, int length) throws IOException, LimitException {
    check(size + (length + 2L) / 3 * 4);
    write((byte) '"');
    Base64.Encoder encoder = Base64.getEncoder();
    int end = offset + length;
    for (int at = offset; at < end; at += BASE64_PIECE) {
      byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(end, at + BASE64_PIECE));
      write(encoder.encode(piece));
    }
    write((byte) '"');
  }
}
