package io.picklift.schema.profile;

import java.security.SecureRandom;

/** Longs that one save showed; cleared without touching the table. */
final class LongSet {
  /** Nobody outside knows which values fall together. */
  private static final long SEED = new SecureRandom().nextLong() | 1;

  private long[] values = new long[1 << 12];
  private int[] rounds = new int[1 << 12];
  private int round = 1;
  private int size;

  void clear() {
    round++;
    size = 0;
  }

  /** Whether the value was not there yet. */
  boolean add(long value) {
    if (size * 2 >= values.length) {
      grow();
    }
    int mask = values.length - 1;
    int at = (int) ((value * SEED) >>> Integer.SIZE) & mask;
    while (rounds[at] == round) {
      if (values[at] == value) {
        return false;
      }
      at = (at + 1) & mask;
    }
    rounds[at] = round;
    values[at] = value;
    size++;
    return true;
  }

  private void grow() {
    long[] oldValues = values;
    int[] oldRounds = rounds;
    int old = round;
    values = new long[oldValues.length * 2];
    rounds = new int[values.length];
    round = 1;
    size = 0;
    for (int i = 0; i < oldValues.length; i++) {
      if (oldRounds[i] == old) {
        add(oldValues[i]);
      }
    }
  }
}
