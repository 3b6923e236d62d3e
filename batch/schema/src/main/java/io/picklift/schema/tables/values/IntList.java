package io.picklift.schema.tables.values;

import java.util.Arrays;

/** A growing array of ints. */
public final class IntList {
  private int[] values = new int[16];
  private int size;

  public void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  public void clear() {
    size = 0;
  }

  public int get(int index) {
    return values[index];
  }

  public int size() {
    return size;
  }
}
