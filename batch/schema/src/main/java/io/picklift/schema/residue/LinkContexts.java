package io.picklift.schema.residue;

import java.util.Arrays;

/**
 * Where references stand, and what was referred to from there last: an attribute of many objects
 * mostly refers to few values, over and over. Writer and reader keep the same lists, so that a
 * reference to one of them is a small number, apart from those of other attributes.
 *
 * <p>A context is an attribute's or dict's key, or an operand's place in its op. It has a list of
 * memo numbers, the last one used first.
 */
final class LinkContexts {
  /** Places of an operand that are told apart. */
  private static final int PLACES = 4;

  private static final int CHUNKS = 64 * PLACES;

  /** Values whose key was made for them: the first of each attribute. */
  private static final int FRESH_KEY = CHUNKS + 8 * PLACES;

  private static final int KEYS = FRESH_KEY + 1;

  /** Dicts may have any number of keys: all after so many count as one. */
  private static final int MOST_KEYS = 256;

  static final int COUNT = KEYS + MOST_KEYS;

  /** What was not used for so long is given in full: a list is searched from its start. */
  private static final int LONGEST = 250;

  private final int[][] lists = new int[COUNT][];
  private final int[] sizes = new int[COUNT];

  /** By node the context of a key plus one, or 0. */
  private final int[] keys;

  private int keyCount;

  LinkContexts(int nodes) {
    keys = new int[nodes];
  }

  static int operand(int op, int place) {
    return op * PLACES + Math.min(place, PLACES - 1);
  }

  static int member(int chunkKind, int place) {
    return CHUNKS + chunkKind * PLACES + Math.min(place, PLACES - 1);
  }

  /**
   * The context of a key's value.
   *
   * @param key the key's node; -1 where it was made for this pair
   */
  int value(int key) {
    if (key < 0) {
      return FRESH_KEY;
    }
    if (keys[key] == 0) {
      keys[key] = KEYS + Math.min(keyCount, MOST_KEYS - 1) + 1;
      keyCount++;
    }
    return keys[key] - 1;
  }

  /** Where the memo number is in the list, and is not from then on; -1 where it is not. */
  int find(int context, int memo) {
    int[] list = lists[context];
    for (int i = 0; i < sizes[context]; i++) {
      if (list[i] == memo) {
        toFront(list, i, memo);
        return i;
      }
    }
    return -1;
  }

  /** The memo number at a place of the list; -1 where there is none. */
  int take(int context, long place) {
    if (place < 0 || place >= sizes[context]) {
      return -1;
    }
    int[] list = lists[context];
    int memo = list[(int) place];
    toFront(list, (int) place, memo);
    return memo;
  }

  /** Puts what is not in the list before all others. */
  void add(int context, int memo) {
    int[] list = lists[context];
    int size = sizes[context];
    if (list == null) {
      list = new int[8];
      lists[context] = list;
    } else if (size == list.length && size < LONGEST) {
      list = Arrays.copyOf(list, Math.min(LONGEST, size * 2));
      lists[context] = list;
    }
    if (size < list.length) {
      size++;
      sizes[context] = size;
    }
    toFront(list, size - 1, memo);
  }

  private static void toFront(int[] list, int from, int memo) {
    System.arraycopy(list, 0, list, 1, from);
    list[0] = memo;
  }
}
