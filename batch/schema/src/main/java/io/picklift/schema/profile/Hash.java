package io.picklift.schema.profile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hashes of 64 bits, for sketches and for telling values of one save apart. */
final class Hash {
  private static final long SEED = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private static final long HIGH_BITS = 0x8080808080808080L;
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
    long hash = SEED + length;
    int at = offset;
    int end = offset + length;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = (hash ^ (long) WORDS.get(bytes, at)) * GOLDEN;
      hash ^= hash >>> 29;
    }
    for (; at < end; at++) {
      hash = (hash ^ bytes[at]) * PRIME;
    }
    return of(hash);
  }

  /** Whether the eight bytes from there are ASCII. */
  static boolean isAscii(byte[] bytes, int at) {
    return ((long) WORDS.get(bytes, at) & HIGH_BITS) == 0;
  }
}
