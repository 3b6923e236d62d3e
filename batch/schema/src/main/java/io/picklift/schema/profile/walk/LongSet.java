package io.picklift.schema.profile.walk;

import java.security.SecureRandom;
import java.util.Arrays;

/** Longs that one save showed; open addressing. */
final class LongSet {
  /** Nobody outside knows which values fall together. */
  private static final long SEED = new SecureRandom().nextLong() | 1;

  private static final int FIRST_CAPACITY = 1 << 10;

  /** A table that stays emptier than one place in so many is made anew: it costs to be cleared. */
  private static final int EMPTY = 64;

  /** What stands for 0, which says that there is none. */
  private static final long ZERO = 1;

  private long[] values = new long[FIRST_CAPACITY];
  private int size;

  void clear() {
    if (values.length > FIRST_CAPACITY && size < values.length / EMPTY) {
      values = new long[FIRST_CAPACITY];
    } else {
      Arrays.fill(values, 0);
    }
    size = 0;
  }

  /** Whether the value was not there yet; of hashes one in 2^64 falls together with another. */
  boolean add(long hash) {
    if (size * 2 >= values.length) {
      grow();
    }
    long value = hash == 0 ? ZERO : hash;
    int mask = values.length - 1;
    int at = (int) ((value * SEED) >>> Integer.SIZE) & mask;
    while (values[at] != 0) {
      if (values[at] == value) {
        return false;
      }
      at = (at + 1) & mask;
    }
    values[at] = value;
    size++;
    return true;
  }

  private void grow() {
    long[] old = values;
    values = new long[old.length * 2];
    size = 0;
    for (long value : old) {
      if (value != 0) {
        add(value);
      }
    }
  }
}
