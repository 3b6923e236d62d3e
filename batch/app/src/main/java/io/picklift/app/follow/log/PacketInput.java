package io.picklift.app.follow.log;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The packets of a server's log, an event each: one that is longer than 16 MB comes in several, and
 * is read as one stream. For one thread.
 */
final class PacketInput extends InputStream {
  private static final int MOST = 0xffffff;
  private static final int ERROR = 0xff;
  private static final int END = 0xfe;
  private static final int STATE = 6;

  private final InputStream in;
  private int left;
  private boolean isLast = true;

  /**
   * @param in at the beginning of a packet
   */
  PacketInput(InputStream in) {
    this.in = in;
  }

  /**
   * Goes to the next event.
   *
   * @return false where the server has ended its log
   * @throws LogRefusedException if the server says that something is wrong
   */
  boolean next() throws IOException {
    passRest();
    header();
    int marker = read();
    if (marker == ERROR) {
      int code = read() | (read() << 8);
      byte[] text = readAllBytes();
      int from = text.length > STATE && text[0] == '#' ? STATE : 0;
      throw new LogRefusedException(
          code, new String(text, from, text.length - from, StandardCharsets.UTF_8), null);
    }
    return marker != END;
  }

  private void header() throws IOException {
    left = byteOfHeader() | (byteOfHeader() << 8) | (byteOfHeader() << 16);
    isLast = left < MOST;
    byteOfHeader();
  }

  private int byteOfHeader() throws IOException {
    int value = in.read();
    if (value < 0) {
      throw new EOFException("the connection has ended");
    }
    return value;
  }

  /** Whether nothing more belongs to the event. */
  private boolean isAtEnd() throws IOException {
    while (left == 0 && !isLast) {
      header();
    }
    return left == 0;
  }

  @Override
  public int read() throws IOException {
    if (isAtEnd()) {
      return -1;
    }
    left--;
    return byteOfHeader();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (isAtEnd()) {
      return -1;
    }
    int count = in.read(buffer, offset, Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the connection has ended");
    }
    left -= count;
    return count;
  }

  private void passRest() throws IOException {
    byte[] buffer = new byte[8_192];
    while (read(buffer, 0, buffer.length) >= 0) {
      // What is left of the event is not wanted.
    }
  }
}
