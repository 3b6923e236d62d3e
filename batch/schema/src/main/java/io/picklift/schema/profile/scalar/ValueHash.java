package io.picklift.schema.profile.scalar;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hashes of 64 bits, for sketches and for telling values of one save apart. */
public final class ValueHash {
  private static final long SEED = 0xcbf29ce484222325L;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private ValueHash() {}

  /**
   * The finalizer of MurmurHash3: all bits depend on all bits. Gives 0 for no value that is common.
   */
  public static long of(long value) {
    long h = value ^ SEED;
    h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
    h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
    return h ^ h >>> 33;
  }

  public static long of(byte[] bytes, int offset, int length) {
    long hash = begin(length);
    int at = offset;
    int end = offset + length;
    for (; at + Long.BYTES < end; at += 2 * Long.BYTES) {
      hash = next(hash, word(bytes, at, end), word(bytes, at + Long.BYTES, end));
    }
    return of(at < end ? next(hash, word(bytes, at, end), 0) : hash);
  }

  /** Before the first of so many bytes. */
  static long begin(int length) {
    return SEED + length * GOLDEN;
  }

  /** After sixteen more bytes: the product's halves, as wyhash has it. */
  static long next(long hash, long first, long second) {
    long x = hash ^ first;
    long y = second ^ GOLDEN;
    return Math.multiplyHigh(x, y) ^ x * y;
  }

  /** Eight bytes. */
  static long word(byte[] bytes, int at) {
    return (long) WORDS.get(bytes, at);
  }

  /** Eight bytes, or those up to {@code end} and zeros. */
  static long word(byte[] bytes, int at, int end) {
    int left = end - at;
    if (at + Long.BYTES <= bytes.length) {
      long word = (long) WORDS.get(bytes, at);
      return left >= Long.BYTES ? word : word & ((1L << (left * Byte.SIZE)) - 1);
    }
    long word = 0;
    for (int i = end - 1; i >= at; i--) {
      word = word << Byte.SIZE | (bytes[i] & 0xff);
    }
    return word;
  }
}
