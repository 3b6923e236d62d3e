package io.picklift.schema.tables;

import java.util.Arrays;

/** A growing array of ints. */
final class Ints {
  private int[] values = new int[16];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  void clear() {
    size = 0;
  }

  int get(int index) {
    return values[index];
  }

  int size() {
    return size;
  }
}
