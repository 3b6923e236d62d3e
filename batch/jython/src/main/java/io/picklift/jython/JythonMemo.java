package io.picklift.jython;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The unpickler's memo. Slots below the pickle's length, which are all that a pickler uses, stand
 * in an array; a pickle may name any other, and those stand in a map, so that one large number
 * costs no memory.
 */
final class JythonMemo {
  private static final int INITIAL = 256;

  private int[] dense = new int[INITIAL];
  private int used;
  private int bound;
  private int count;
  private final Map<Long, Integer> sparse = new HashMap<>();

  /** Forgets everything; for a pickle of {@code length} bytes. */
  void reset(int length) {
    Arrays.fill(dense, 0, used, 0);
    used = 0;
    bound = length;
    count = 0;
    sparse.clear();
  }

  private int get(long slot) {
    if (slot >= 0 && slot < used) {
      return dense[(int) slot] - 1;
    }
    return slot < bound ? -1 : sparse.getOrDefault(slot, -1);
  }

  /** Returns the node that the slot had, or -1. */
  private int put(long slot, int node) {
    int before;
    if (slot < bound) {
      int index = (int) slot;
      if (index >= dense.length) {
        dense = Arrays.copyOf(dense, Math.max(index + 1, (int) Math.min(2L * dense.length, bound)));
      }
      before = dense[index] - 1;
      dense[index] = node + 1;
      used = Math.max(used, index + 1);
    } else {
      Integer old = sparse.put(slot, node);
      before = old == null ? -1 : old;
    }
    if (before < 0) {
      count++;
    }
    return before;
  }

  void export(UnpicklerFunctions to) {
    to.add(
        "memo_get",
        new Primitive.OfLong() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(long slot) {
            return get(slot);
          }
        });
    to.add(
        "memo_put",
        new Primitive.OfLongInt() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(long slot, int node) {
            return put(slot, node);
          }
        });
    to.add(
        "memo_size",
        new Primitive.Of0() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply() {
            return count;
          }
        });
  }
}
