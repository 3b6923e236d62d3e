package io.picklift.schema.profile.scalar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * What some texts look like, without what they say: {@code Aa 9-9} for "Room 12-7". The texts are
 * those of the smallest hashes, so that neither order nor threads matter.
 */
final class TextShapes {
  private static final int MOST = 8;
  private static final int LONGEST = 24;

  /** Ascending as unsigned numbers. */
  private final long[] hashes = new long[MOST];

  private final String[] shapes = new String[MOST];
  private int size;

  /** Asked of every text: mostly the first comparison says no. */
  boolean wants(long hash) {
    if (size == MOST && Long.compareUnsigned(hash, hashes[MOST - 1]) >= 0) {
      return false;
    }
    int at = find(hash);
    return at == size || hashes[at] != hash;
  }

  void add(long hash, byte[] utf8, int offset, int length) {
    insert(hash, shape(utf8, offset, length));
  }

  void merge(TextShapes other) {
    for (int i = 0; i < other.size; i++) {
      if (wants(other.hashes[i])) {
        insert(other.hashes[i], other.shapes[i]);
      }
    }
  }

  /** Where the hash is or would be. */
  private int find(long hash) {
    int at = 0;
    while (at < size && Long.compareUnsigned(hashes[at], hash) < 0) {
      at++;
    }
    return at;
  }

  private void insert(long hash, String shape) {
    int at = find(hash);
    size = Math.min(MOST, size + 1);
    System.arraycopy(hashes, at, hashes, at + 1, size - 1 - at);
    System.arraycopy(shapes, at, shapes, at + 1, size - 1 - at);
    hashes[at] = hash;
    shapes[at] = shape;
  }

  List<String> list() {
    return new ArrayList<>(new TreeSet<>(Arrays.asList(shapes).subList(0, size)));
  }

  /**
   * Runs of letters as {@code A} or {@code a}, of digits as {@code 9}, of all beyond ASCII as
   * {@code U}.
   */
  static String shape(byte[] utf8, int offset, int length) {
    StringBuilder shape = new StringBuilder();
    char last = 0;
    for (int i = offset; i < offset + length && shape.length() < LONGEST; i++) {
      char c = kind(utf8[i]);
      if (c != last) {
        shape.append(c);
      }
      last = c;
    }
    return shape.toString();
  }

  private static char kind(byte b) {
    if (b < 0) {
      return 'U';
    }
    if (b >= '0' && b <= '9') {
      return '9';
    }
    if (b >= 'A' && b <= 'Z') {
      return 'A';
    }
    if (b >= 'a' && b <= 'z') {
      return 'a';
    }
    return b < ' ' || b == 0x7f ? '?' : (char) b;
  }
}
