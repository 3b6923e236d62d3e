package io.picklift.codec.meaning;

import java.security.SecureRandom;
import java.util.Arrays;

/** Node indexes to ints; open addressing, no boxes. Absent is -1, so values are from 0. */
public final class IntMap {
  /** Nobody outside knows which nodes fall together. */
  private static final int SEED = new SecureRandom().nextInt();

  private int[] keys = new int[0];
  private int[] values = new int[0];
  private int size;
  private int shift;

  private static int hash(int key) {
    int hash = (key ^ SEED) * 0x85eb_ca6b;
    hash = (hash ^ (hash >>> 15)) * 0xc2b2_ae35;
    return hash ^ (hash >>> 16);
  }

  /** The value, or -1. */
  public int get(int key) {
    if (size == 0) {
      return -1;
    }
    int mask = keys.length - 1;
    for (int at = hash(key) >>> shift; ; at = (at + 1) & mask) {
      if (keys[at] == key) {
        return values[at];
      }
      if (keys[at] < 0) {
        return -1;
      }
    }
  }

  public void put(int key, int value) {
    if (size * 2 >= keys.length) {
      grow();
    }
    insert(key, value);
  }

  int size() {
    return size;
  }

  private void insert(int key, int value) {
    int mask = keys.length - 1;
    int at = hash(key) >>> shift;
    while (keys[at] >= 0 && keys[at] != key) {
      at = (at + 1) & mask;
    }
    if (keys[at] < 0) {
      keys[at] = key;
      size++;
    }
    values[at] = value;
  }

  private void grow() {
    int[] oldKeys = keys;
    int[] oldValues = values;
    int capacity = Math.max(16, oldKeys.length * 2);
    keys = new int[capacity];
    values = new int[capacity];
    Arrays.fill(keys, -1);
    shift = Integer.SIZE - Integer.numberOfTrailingZeros(capacity);
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] >= 0) {
        insert(oldKeys[i], oldValues[i]);
      }
    }
  }
}
