package io.picklift.codec.diff;

import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which key of one dict is which of the other's, or which member of one set. They are found by
 * value; tuples and objects whose value the other has not are taken in their order.
 */
final class DiffKeys {
  /** What a key takes in a map. */
  private static final long KEY = 200;

  /** What all names may take, by a byte of the pickle. */
  private static final int NAMES = 8;

  private static final long NAMES_BASE = 1 << 16;

  /** As many times may all dicts and sets have as much. */
  private static final int ALL = 16;

  private final Meaning left;
  private final Meaning right;
  private final DiffScalars scalars;
  private final long keys;
  private final long others;
  private final int stride;

  /** How many characters the names of one save's keys may have. */
  private final long most;

  private final MemberNames.Room room;
  private final boolean same;
  private final int[] matches;
  private final boolean[] matched;

  /**
   * @param keys the members of a set, or the keys of a dict with their values
   * @param stride 1 for members, 2 for keys
   * @param room of the comparison, as {@link #room} gives it
   */
  DiffKeys(
      Meaning left,
      Meaning right,
      DiffScalars scalars,
      long keys,
      long others,
      int stride,
      MemberNames.Room room,
      Memory memory)
      throws LimitException {
    this.left = left;
    this.right = right;
    this.scalars = scalars;
    this.keys = keys;
    this.others = others;
    this.stride = stride;
    this.room = room;
    matches = new int[MemberSpan.count(keys) / stride];
    matched = new boolean[MemberSpan.count(others) / stride];
    most = Math.min(names(left, right), memory.left() / 4);
    same = matches.length == matched.length && areInOrder();
    if (!same) {
      memory.need(KEY * matched.length + most);
      match();
    }
  }

  /** What the names in one comparison may take. */
  static MemberNames.Room room(Meaning left, Meaning right) {
    return new MemberNames.Room(ALL * names(left, right));
  }

  private static long names(Meaning left, Meaning right) {
    long source = (long) left.graph().source().length + right.graph().source().length;
    return NAMES_BASE + NAMES * source;
  }

  private int key(int place) {
    return left.member(MemberSpan.start(keys) + stride * place);
  }

  private int other(int place) {
    return right.member(MemberSpan.start(others) + stride * place);
  }

  private MemberNames leftNames() {
    return new MemberNames(left, scalars.leftContents(), most, room);
  }

  private MemberNames rightNames() {
    return new MemberNames(right, scalars.rightContents(), most, room);
  }

  private boolean areInOrder() throws LimitException {
    MemberNames names = leftNames();
    MemberNames otherNames = rightNames();
    for (int i = 0; i < matches.length; i++) {
      int key = key(i);
      int other = other(i);
      if (!scalars.areEqual(key, other)
          && (MemberNames.isScalar(left, key)
              || left.kind(key) != right.kind(other)
              || !Objects.equals(names.next(key), otherNames.next(other)))) {
        return false;
      }
    }
    return true;
  }

  private void match() throws LimitException {
    Map<String, Integer> places = new HashMap<>();
    MemberNames names = rightNames();
    for (int i = 0; i < matched.length; i++) {
      String name = names.next(other(i));
      if (name != null) {
        places.put(name, i);
      }
    }
    names = leftNames();
    for (int i = 0; i < matches.length; i++) {
      String name = names.next(key(i));
      Integer at = name == null ? null : places.get(name);
      matches[i] = at == null ? -1 : at;
      if (at != null) {
        matched[at] = true;
      }
    }
    matchInOrder();
  }

  /** Tuples and objects that are left over. */
  private void matchInOrder() {
    Deque<Integer> leftOver = new ArrayDeque<>();
    for (int i = 0; i < matched.length; i++) {
      if (!matched[i] && !MemberNames.isScalar(right, other(i))) {
        leftOver.add(i);
      }
    }
    for (int i = 0; i < matches.length && !leftOver.isEmpty(); i++) {
      if (matches[i] < 0 && !MemberNames.isScalar(left, key(i))) {
        matches[i] = leftOver.remove();
        matched[matches[i]] = true;
      }
    }
  }

  /** Whether the keys are the same in the same order, as far as their own values tell. */
  boolean areSame() {
    return same;
  }

  /** The place in the other of the key at a place in the first; -1 where there is none. */
  int match(int place) {
    return matches[place];
  }

  /** Whether the first has the key at this place of the other. */
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
