package io.picklift.schema.profile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whole numbers that one save showed in one place, a bit each, as long as they are near the first
 * of them: those that number objects are.
 */
public final class NearNumbers {
  /** No more than a place's other particulars take. */
  private static final int MOST_WORDS = 1 << 7;

  private @Nullable SaveFacts save;
  private long first;
  private long[] bits = new long[4];

  /** How many words of {@link #bits} may be other than 0. */
  private int used;

  /** Whether the number is near enough; the first one in a save is. */
  public boolean reaches(SaveFacts facts, long value) {
    if (!facts.is(save)) {
      save = facts;
      first = value;
      Arrays.fill(bits, 0, used, 0);
      used = 0;
    }
    return word(value) < MOST_WORDS;
  }

  /** Whether the number, which is near, was not there yet. */
  public boolean add(long value) {
    int word = (int) word(value);
    if (word >= bits.length) {
      bits = Arrays.copyOf(bits, Math.max(word + 1, Math.min(MOST_WORDS, bits.length * 2)));
    }
    used = Math.max(used, word + 1);
    long bit = 1L << bit(value);
    boolean isNew = (bits[word] & bit) == 0;
    bits[word] |= bit;
    return isNew;
  }

  /** Numbers above and below the first one in turns, without sign. */
  private long bit(long value) {
    long above = value - first;
    return (above << 1) ^ (above >> (Long.SIZE - 1));
  }

  private long word(long value) {
    return bit(value) >>> 6;
  }
}
