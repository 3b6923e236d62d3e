package io.picklift.app.follow.log;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of one event, read as a stream. What is not wanted is skipped without being held in
 * memory. For one thread.
 */
final class LogInput extends InputStream {
  private static final int ONE_BYTE_MOST = 250;
  private static final int NULL_LENGTH = 251;
  private static final int TWO_BYTES = 252;
  private static final int THREE_BYTES = 253;
  private static final int EIGHT_BYTES = 254;

  private final InputStream in;
  private long left;

  /**
   * @param length how many bytes of {@code in} belong to the event
   */
  LogInput(InputStream in, long length) {
    this.in = in;
    this.left = length;
  }

  /** How many bytes are left. */
  long left() {
    return left;
  }

  /** The last {@code count} bytes do not belong to what is read. */
  void without(int count) {
    left = Math.max(0, left - count);
  }

  @Override
  public int read() throws IOException {
    if (left <= 0) {
      return -1;
    }
    int value = in.read();
    if (value < 0) {
      throw new EOFException("the log ended within an event");
    }
    left--;
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left <= 0) {
      return -1;
    }
    int count = in.read(buffer, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the log ended within an event");
    }
    left -= count;
    return count;
  }

  int u8() throws IOException {
    int value = read();
    if (value < 0) {
      throw new LogFormatException("an event ends early");
    }
    return value;
  }

  /** An unsigned number of up to eight bytes, the lowest first. */
  long little(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= ((long) u8()) << (8 * i);
    }
    return value;
  }

  /** An unsigned number of up to eight bytes, the highest first. */
  long big(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = (value << 8) | u8();
    }
    return value;
  }

  byte[] bytes(long count) throws IOException {
    if (count < 0 || count > left) {
      throw new LogFormatException("an event ends early");
    }
    byte[] bytes = new byte[(int) count];
    if (readNBytes(bytes, 0, bytes.length) < bytes.length) {
      throw new LogFormatException("an event ends early");
    }
    return bytes;
  }

  String text(long count) throws IOException {
    return new String(bytes(count), StandardCharsets.UTF_8);
  }

  /** A length in the protocol's packed form. */
  long packed() throws IOException {
    int first = u8();
    if (first <= ONE_BYTE_MOST) {
      return first;
    }
    return switch (first) {
      case TWO_BYTES -> little(2);
      case THREE_BYTES -> little(3);
      case EIGHT_BYTES -> little(8);
      case NULL_LENGTH -> throw new LogFormatException("a NULL where a length belongs");
      default -> throw new LogFormatException("no packed length");
    };
  }

  /** As many bits, the lowest of each byte first. */
  boolean[] bits(int count) throws IOException {
    byte[] bytes = bytes((count + 7) / 8);
    boolean[] bits = new boolean[count];
    for (int i = 0; i < count; i++) {
      bits[i] = (bytes[i / 8] & (1 << (i % 8))) != 0;
    }
    return bits;
  }

  void pass(long count) throws IOException {
    if (count < 0 || count > left) {
      throw new LogFormatException("an event ends early");
    }
    long rest = count;
    byte[] buffer = new byte[(int) Math.min(rest, 8_192)];
    while (rest > 0) {
      rest -= read(buffer, 0, (int) Math.min(rest, buffer.length));
    }
  }

  void passAll() throws IOException {
    pass(left);
  }
}
