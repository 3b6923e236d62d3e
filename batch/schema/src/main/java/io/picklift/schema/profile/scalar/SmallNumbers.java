package io.picklift.schema.profile.scalar;

import java.util.Arrays;

/**
 * Small whole numbers that a place has shown, a bit each: they are most of those that there are.
 */
final class SmallNumbers {
  /** 8,192 numbers in a kilobyte, as much as a sketch takes. */
  private static final int MOST_WORDS = 1 << 7;

  private static final long[] NONE = {};

  private long[] bits = NONE;

  /** Whether the number is not known to have been there: it is too large, or it is new. */
  boolean add(long number) {
    // Without sign: what is below 0 is large.
    long word = number >>> 6;
    if (word >= bits.length) {
      return addFirst(number, word);
    }
    long bit = 1L << number;
    boolean isNew = (bits[(int) word] & bit) == 0;
    bits[(int) word] |= bit;
    return isNew;
  }

  private boolean addFirst(long number, long word) {
    if (word < MOST_WORDS) {
      int room = Math.min(MOST_WORDS, Math.max((int) word + 1, bits.length * 2));
      bits = Arrays.copyOf(bits, room);
      bits[(int) word] |= 1L << number;
    }
    return true;
  }
}
