package io.picklift.schema.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What some texts look like, without what they say: {@code Aa 9-9} for "Room 12-7". The texts are
 * those of the smallest hashes, so that neither order nor threads matter.
 */
final class Shapes {
  private static final int MOST = 8;
  private static final int LONGEST = 24;

  private final TreeMap<Long, String> byHash = new TreeMap<>(Long::compareUnsigned);

  boolean wants(long hash) {
    return byHash.size() < MOST
        ? !byHash.containsKey(hash)
        : Long.compareUnsigned(hash, byHash.lastKey()) < 0 && !byHash.containsKey(hash);
  }

  void add(long hash, byte[] utf8, int offset, int length) {
    byHash.put(hash, shape(utf8, offset, length));
    trim();
  }

  void merge(Shapes other) {
    for (Map.Entry<Long, String> entry : other.byHash.entrySet()) {
      byHash.put(entry.getKey(), entry.getValue());
    }
    trim();
  }

  private void trim() {
    while (byHash.size() > MOST) {
      byHash.pollLastEntry();
    }
  }

  List<String> list() {
    return new ArrayList<>(new TreeSet<>(byHash.values()));
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
