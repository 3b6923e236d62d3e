package io.picklift.codec.diff;

import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.GlobalNames;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import java.util.HashMap;
import java.util.Map;

/**
 * Which key of one dict is which of the other's. Numbers, text, bytes and names are found by value;
 * other keys (tuples, objects) have no value to find them by in another save, and are taken in
 * their order.
 */
final class DiffKeys {
  /** What a key takes in a map, with its text. */
  private static final long KEY = 200;

  private final boolean same;
  private final int[] matches;
  private final boolean[] matched;

  DiffKeys(Meaning left, Meaning right, DiffScalars scalars, long pairs, long others, Memory memory)
      throws LimitException {
    int count = MemberSpan.count(pairs) / 2;
    int otherCount = MemberSpan.count(others) / 2;
    matches = new int[count];
    matched = new boolean[otherCount];
    boolean inOrder = count == otherCount;
    for (int i = 0; i < count && inOrder; i++) {
      int key = left.member(MemberSpan.start(pairs) + 2 * i);
      int other = right.member(MemberSpan.start(others) + 2 * i);
      inOrder =
          scalars.areEqual(key, other)
              || (!isScalar(left, key) && left.kind(key) == right.kind(other));
    }
    same = inOrder;
    if (!inOrder) {
      memory.need(KEY * otherCount + right.graph().source().length);
      match(left, right, scalars, pairs, others);
    }
  }

  private static boolean isScalar(Meaning meaning, int node) {
    return switch (meaning.kind(node)) {
      case NONE, BOOL, INT, FLOAT, STR, PY2_STR, BYTES, GLOBAL, EXT -> true;
      default -> false;
    };
  }

  private void match(Meaning left, Meaning right, DiffScalars scalars, long pairs, long others)
      throws LimitException {
    Map<String, Integer> places = new HashMap<>();
    GlobalNames names = new GlobalNames(right, scalars.rightContents());
    for (int i = 0; i < matched.length; i++) {
      places.put(names.next(right.member(MemberSpan.start(others) + 2 * i)), i);
    }
    names = new GlobalNames(left, scalars.leftContents());
    for (int i = 0; i < matches.length; i++) {
      Integer at = places.get(names.next(left.member(MemberSpan.start(pairs) + 2 * i)));
      matches[i] = at == null ? -1 : at;
      if (at != null) {
        matched[at] = true;
      }
    }
  }

  /** What the keys of one dict are found by. A nan, which is no other nan, by its number too. */
  private static final class GlobalNames {
    private final Meaning meaning;
    private final DiffContents contents;
    private int unnamed;
    private int nans;

    GlobalNames(Meaning meaning, DiffContents contents) {
      this.meaning = meaning;
      this.contents = contents;
    }

    String next(int key) throws LimitException {
      if (!isScalar(meaning, key)) {
        return "#" + unnamed++;
      }
      boolean isNan = meaning.kind(key) == Kind.FLOAT && Double.isNaN(meaning.floatValue(key));
      return isNan ? "nan" + nans++ : contents.identify(key);
    }
  }

  /** Whether the keys are the same in the same order, as far as their own values tell. */
  boolean areSame() {
    return same;
  }

  /** The place in the other dict of the key at a place in the first; -1 where there is none. */
  int match(int place) {
    return matches[place];
  }

  /** Whether the first dict has the key at this place of the other. */
  boolean isMatched(int place) {
    return matched[place];
  }

  /**
   * The first key that both have and that stands before one it stands behind in the other; -1 where
   * there is none.
   */
  int firstMoved() {
    int least = Integer.MAX_VALUE;
    int moved = -1;
    for (int i = matches.length - 1; i >= 0; i--) {
      if (matches[i] > least) {
        moved = i;
      }
      least = matches[i] < 0 ? least : Math.min(least, matches[i]);
    }
    return moved;
  }
}
