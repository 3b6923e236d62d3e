package io.picklift.codec.diff;

import io.picklift.codec.meaning.IntMap;
import io.picklift.codec.meaning.MemberSpan;

/**
 * Which argument lists were compared: several objects may share one, and what was found once is not
 * looked for again. Lists that were compared are of one set, so that no more comparisons are made
 * than there are lists, however they are paired.
 */
final class DiffSpans {
  /** It costs less to compare short ones again than to remember them. */
  private static final int SHORT = 8;

  /** By list: another of its set, or none for the one that stands for it. */
  private final IntMap parents = new IntMap();

  /** Whether these two are to be compared; they count as compared from then on. */
  boolean areNew(long left, long right) {
    if (MemberSpan.count(left) != MemberSpan.count(right) || MemberSpan.count(left) <= SHORT) {
      return true;
    }
    // Even numbers are lists of the first save, odd ones of the second.
    int one = find(Math.multiplyExact(MemberSpan.start(left), 2));
    int other = find(Math.multiplyExact(MemberSpan.start(right), 2) + 1);
    if (one == other) {
      return false;
    }
    parents.put(one, other);
    return true;
  }

  private int find(int list) {
    int root = list;
    for (int next = parents.get(root); next >= 0; next = parents.get(root)) {
      root = next;
    }
    for (int at = list; at != root; ) {
      int next = parents.get(at);
      parents.put(at, root);
      at = next;
    }
    return root;
  }
}
