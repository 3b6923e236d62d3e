package io.picklift.codec.digest;

import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The pieces that the canonical encoding is made of, hashed as they come. */
final class DigestOutput {
  /** Longer bytes are replaced by their hash, so that what many share is not hashed many times. */
  static final int LONGEST_PLAIN = 64;

  private static final int CAPACITY = 1 << 13;

  /** More than any piece: a tag, two numbers, bytes of the longest kind. */
  private static final int ROOM = LONGEST_PLAIN + 32;

  private final MessageDigest digest = sha256();
  private final MessageDigest inner = sha256();
  private final byte[] buffer = new byte[CAPACITY];
  private final long limit;
  private int size;
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
    digest.update(buffer, 0, size);
    return digest.digest();
  }

  /** Makes room for one value's encoding; what follows it needs no check. */
  private void room() throws LimitException {
    if (CAPACITY - size < ROOM) {
      spend(size);
      digest.update(buffer, 0, size);
      size = 0;
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
    buffer[size++] = (byte) tag;
  }

  void varint(long value) throws LimitException {
    room();
    putVarint(value);
  }

  private void putVarint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buffer[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
  }

  void bits(char tag, long bits) throws LimitException {
    tag(tag);
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      buffer[size++] = (byte) (bits >>> shift);
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
    buffer[size++] = (byte) length;
    for (int i = 0; i < length; i++) {
      buffer[size++] = (byte) (value >> (i * Byte.SIZE));
    }
  }

  void bytes(byte[] bytes, int offset, int length) throws LimitException {
    room();
    putVarint(length);
    if (length <= LONGEST_PLAIN) {
      System.arraycopy(bytes, offset, buffer, size, length);
      size += length;
    } else {
      byte[] hash = hash(bytes, offset, length);
      System.arraycopy(hash, 0, buffer, size, hash.length);
      size += hash.length;
    }
  }

  /** Bytes of which the hash is known. */
  void hashed(int length, byte[] hash) throws LimitException {
    room();
    putVarint(length);
    System.arraycopy(hash, 0, buffer, size, hash.length);
    size += hash.length;
  }

  byte[] hash(byte[] bytes, int offset, int length) throws LimitException {
    spend(length);
    inner.update(bytes, offset, length);
    return inner.digest();
  }
}
