package io.picklift.codec.digest;

import io.picklift.codec.bytes.ByteOutput;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The pieces that the canonical encoding is made of, hashed as they come. */
final class DigestOutput {
  /** Longer bytes are replaced by their hash, so that what many share is not hashed many times. */
  static final int LONGEST_PLAIN = 64;

  /** Small: it is made for each save, and most saves are no longer. */
  private static final int CAPACITY = 1 << 11;

  /** More than any piece: a tag, two numbers, bytes of the longest kind. */
  private static final int ROOM = LONGEST_PLAIN + 32;

  private final MessageDigest digest = sha256();
  private @Nullable MessageDigest inner;
  private final ByteOutput buffer = new ByteOutput(CAPACITY);
  private final long limit;
  private long total;

  DigestOutput(long limit) {
    this.limit = limit;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  byte[] finish() {
    digest.update(buffer.array(), 0, buffer.size());
    buffer.clear();
    return digest.digest();
  }

  /** Makes room for one value's encoding; what follows it needs no check. */
  private void room() throws LimitException {
    if (buffer.room() < ROOM) {
      spend(buffer.size());
      digest.update(buffer.array(), 0, buffer.size());
      buffer.clear();
    }
  }

  /** Counts bytes that are hashed against the limit. */
  private void spend(long bytes) throws LimitException {
    total += bytes;
    if (total > limit) {
      throw new LimitException(ErrorCode.LIMIT_OUTPUT, "output of the digest", limit, -1, "");
    }
  }

  void tag(char tag) throws LimitException {
    room();
    buffer.put(tag);
  }

  void varint(long value) throws LimitException {
    room();
    buffer.varint64(value);
  }

  void bits(char tag, long bits) throws LimitException {
    tag(tag);
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      buffer.put((int) (bits >>> shift));
    }
  }

  /** Two's complement of a long, lowest byte first, in the fewest bytes. */
  void integer(char tag, long value) throws LimitException {
    tag(tag);
    int length = 0;
    if (value != 0) {
      int bits = Long.SIZE - Long.numberOfLeadingZeros(value < 0 ? ~value : value);
      length = bits / Byte.SIZE + 1;
    }
    buffer.put(length);
    for (int i = 0; i < length; i++) {
      buffer.put((int) (value >> (i * Byte.SIZE)));
    }
  }

  void bytes(byte[] bytes, int offset, int length) throws LimitException {
    room();
    buffer.varint64(length);
    if (length <= LONGEST_PLAIN) {
      buffer.put(bytes, offset, length);
    } else {
      byte[] hash = hash(bytes, offset, length);
      buffer.put(hash, 0, hash.length);
    }
  }

  /** Bytes of which the hash is known. */
  void hashed(int length, byte[] hash) throws LimitException {
    room();
    buffer.varint64(length);
    buffer.put(hash, 0, hash.length);
  }

  byte[] hash(byte[] bytes, int offset, int length) throws LimitException {
    spend(length);
    MessageDigest by = inner;
    if (by == null) {
      by = sha256();
      inner = by;
    }
    by.update(bytes, offset, length);
    return by.digest();
  }
}
