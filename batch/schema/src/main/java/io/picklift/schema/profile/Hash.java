package io.picklift.schema.profile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hashes of 64 bits, for sketches and for telling values of one save apart. */
final class Hash {
  private static final long SEED = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Hash() {}

  /**
   * The finalizer of MurmurHash3: all bits depend on all bits. Gives 0 for no value that is common.
   */
  static long of(long value) {
    long h = value ^ SEED;
    h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
    h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
    return h ^ h >>> 33;
  }

  /** Eight bytes at a time: texts are most of what there is to hash. */
  static long of(byte[] bytes, int offset, int length) {
    long hash = begin(length);
    int at = offset;
    int end = offset + length;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = next(hash, (long) WORDS.get(bytes, at));
    }
    for (; at < end; at++) {
      hash = next(hash, bytes[at]);
    }
    return of(hash);
  }

  /** Before the first of so many bytes. */
  static long begin(int length) {
    return SEED + length;
  }

  /** After eight more bytes. */
  static long next(long hash, long word) {
    long h = (hash ^ word) * GOLDEN;
    return h ^ h >>> 29;
  }

  /** After one more byte. */
  static long next(long hash, byte b) {
    return (hash ^ b) * PRIME;
  }
}
