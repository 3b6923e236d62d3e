package io.picklift.app.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Hashes what is read through it, so that a member that is too long to keep is told by its hash.
 */
final class HashedInput extends FilterInputStream {
  private static final int BUFFER = 1 << 16;
  private static final int PROTO = 0x80;
  private static final int HIGHEST_PROTOCOL = 5;

  private final MessageDigest digest;
  private long count;
  private final byte[] first = new byte[2];

  HashedInput(InputStream in) {
    super(in);
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    if (read > 0) {
      for (int i = 0; i < read && count + i < first.length; i++) {
        first[(int) count + i] = bytes[offset + i];
      }
      digest.update(bytes, offset, read);
      count += read;
    }
    return read;
  }

  /** Whether the content begins as a pickle with a protocol does. */
  boolean isBegunAsPickle() {
    return (first[0] & 0xff) == PROTO && first[1] >= 2 && first[1] <= HIGHEST_PROTOCOL;
  }

  /** Reads on to the end, but for no more than so many bytes in all. */
  LeftOut describe(long most) throws IOException {
    byte[] buffer = new byte[BUFFER];
    while (count < most && read(buffer, 0, buffer.length) >= 0) {
      // The hash is what it is read for.
    }
    return new LeftOut(count, HexFormat.of().formatHex(digest.digest()));
  }
}
