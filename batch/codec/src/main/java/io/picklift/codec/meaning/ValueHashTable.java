package io.picklift.codec.meaning;

import io.picklift.codec.text.Utf8;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A hash table of values by content. Its hash is a 64-bit mix with a seed of this process that
 * nobody outside knows, so that a save cannot choose keys that collide.
 */
final class ValueHashTable {
  static final int NONE = 0;
  static final int INTEGER = 1;
  static final int BIG_INTEGER = 2;
  static final int REAL = 3;
  static final int TEXT = 4;
  static final int BYTES = 5;

  /** A class or function: the numbers of module and qualified name. */
  static final int NAME = 6;

  static final int SEQUENCE = 7;

  /** What is equal to itself alone. */
  static final int IDENTITY = 8;

  private static final long SEED = new SecureRandom().nextLong();
  private static final long FACTOR = 0x9e37_79b9_7f4a_7c15L;
  private static final int FIRST_CAPACITY = 64;
  private static final byte[] NO_BYTES = new byte[0];

  private int size;
  private int[] slots = new int[FIRST_CAPACITY * 2];
  private byte[] tags = new byte[FIRST_CAPACITY];
  private long[] hashes = new long[FIRST_CAPACITY];

  /** A number's value, or (offset, length) of bytes or members. */
  private long[] values = new long[FIRST_CAPACITY];

  private byte[][] data = new byte[FIRST_CAPACITY][];
  private int[] members = new int[FIRST_CAPACITY];
  private int memberCount;

  int size() {
    return size;
  }

  int number(int tag, long value) {
    long hash = mix(SEED + tag, value);
    int slot = (int) hash & (slots.length - 1);
    for (; slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
      int at = slots[slot] - 1;
      if (hashes[at] == hash && tags[at] == tag && values[at] == value) {
        return at;
      }
    }
    return add(slot, tag, hash, value, NO_BYTES);
  }

  /** The bytes are kept, not copied. */
  int bytes(int tag, byte[] bytes, int offset, int length) {
    long hash = hash(SEED + tag, bytes, offset, length);
    int slot = (int) hash & (slots.length - 1);
    for (; slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
      int at = slots[slot] - 1;
      if (hashes[at] == hash && tags[at] == tag) {
        int from = (int) (values[at] >>> Integer.SIZE);
        int to = from + (int) values[at];
        if (Arrays.equals(data[at], from, to, bytes, offset, offset + length)) {
          return at;
        }
      }
    }
    return add(slot, tag, hash, ((long) offset << Integer.SIZE) | length, bytes);
  }

  int sequence(int[] numbers, int count) {
    long hash = mix(SEED + SEQUENCE, count);
    for (int i = 0; i < count; i++) {
      hash = mix(hash, numbers[i]);
    }
    int slot = (int) hash & (slots.length - 1);
    for (; slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
      int at = slots[slot] - 1;
      if (hashes[at] == hash && tags[at] == SEQUENCE) {
        int from = (int) (values[at] >>> Integer.SIZE);
        int to = from + (int) values[at];
        if (Arrays.equals(members, from, to, numbers, 0, count)) {
          return at;
        }
      }
    }
    int start = memberCount;
    if (start + count > members.length) {
      members = Arrays.copyOf(members, Math.max(start + count, start * 2));
    }
    System.arraycopy(numbers, 0, members, start, count);
    memberCount += count;
    return add(slot, SEQUENCE, hash, ((long) start << Integer.SIZE) | count, NO_BYTES);
  }

  private int add(int slot, int tag, long hash, long value, byte[] bytes) {
    int at = size;
    if (at == tags.length) {
      int capacity = at * 2;
      tags = Arrays.copyOf(tags, capacity);
      hashes = Arrays.copyOf(hashes, capacity);
      values = Arrays.copyOf(values, capacity);
      data = Arrays.copyOf(data, capacity);
    }
    tags[at] = (byte) tag;
    hashes[at] = hash;
    values[at] = value;
    data[at] = bytes;
    slots[slot] = at + 1;
    size = at + 1;
    if (size * 2 > slots.length) {
      rehash();
    }
    return at;
  }

  private void rehash() {
    slots = new int[slots.length * 2];
    for (int at = 0; at < size; at++) {
      int slot = (int) hashes[at] & (slots.length - 1);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = at + 1;
    }
  }

  private static long hash(long seed, byte[] bytes, int offset, int length) {
    long hash = mix(seed, length);
    int at = offset;
    int end = offset + length;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      hash = mix(hash, Utf8.longAt(bytes, at));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = (rest << Byte.SIZE) | (bytes[at] & 0xff);
    }
    return mix(hash, rest);
  }

  /** Folds the 128-bit product, as wyhash does: cheap, and not to be steered without the seed. */
  private static long mix(long state, long value) {
    long left = state ^ value;
    long right = Long.rotateLeft(state, 32) ^ FACTOR;
    return (left * right) ^ Math.multiplyHigh(left, right);
  }
}
