package io.picklift.codec.pickle;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The memo: index to node. Indexes that follow each other lie in an array; any other, which only
 * hostile or hand-made pickles have, in a hash table, so that memory is in proportion to the
 * entries and never to an index.
 */
final class Memo {
  private static final int ABSENT = -1;
  private static final int LARGE = 1 << 20;

  /** Nobody outside knows which indexes fall together. */
  private static final long SEED = ThreadLocalRandom.current().nextLong();

  private int[] dense = new int[1024];

  /** Slots of {@link #dense} from here on hold nothing that counts. */
  private int denseLimit;

  private long[] sparseKeys = new long[0];
  private int[] sparseNodes = new int[0];
  private int sparseCount;
  private int count;

  void clear() {
    denseLimit = 0;
    sparseCount = 0;
    Arrays.fill(sparseNodes, ABSENT);
    count = 0;
  }

  /** The most bytes of heap that it takes when it next grows. */
  long footprint() {
    return 3L * Integer.BYTES * dense.length
        + 3L * (Integer.BYTES + Long.BYTES) * sparseKeys.length;
  }

  /** Lets go of arrays that a large save made large. */
  void shrink() {
    if (dense.length > LARGE) {
      dense = new int[1024];
    }
    if (sparseKeys.length > LARGE) {
      sparseKeys = new long[0];
      sparseNodes = new int[0];
    }
    clear();
  }

  /** How many slots are set. */
  int count() {
    return count;
  }

  /** How many of them lie apart from the others. */
  int sparseCount() {
    return sparseCount;
  }

  /** The node of slot {@code index}, or -1. */
  int get(long index) {
    if (index < denseLimit) {
      return dense[(int) index];
    }
    return sparseCount == 0 ? ABSENT : sparseNodes[slot(index)];
  }

  /** Sets slot {@code index}, which is not negative. */
  void put(long index, int node) {
    if (index == denseLimit && sparseCount == 0) {
      if (denseLimit == dense.length) {
        dense = Arrays.copyOf(dense, dense.length * 2);
      }
      dense[denseLimit++] = node;
      count++;
    } else if (index < denseLimit) {
      if (dense[(int) index] == ABSENT) {
        count++;
      }
      dense[(int) index] = node;
    } else {
      putApart(index, node);
    }
  }

  private void putApart(long index, int node) {
    // A gap that the entries pay for is filled; Python 2 numbers from 1, for one.
    if (sparseCount == 0 && index <= 2L * count + 16) {
      int needed = (int) index + 1;
      if (needed > dense.length) {
        dense = Arrays.copyOf(dense, Math.max(needed, dense.length * 2));
      }
      Arrays.fill(dense, denseLimit, (int) index, ABSENT);
      dense[(int) index] = node;
      denseLimit = needed;
      count++;
      return;
    }
    if (sparseCount * 2 >= sparseKeys.length) {
      growSparse();
    }
    int slot = slot(index);
    if (sparseNodes[slot] == ABSENT) {
      sparseKeys[slot] = index;
      sparseCount++;
      count++;
    }
    sparseNodes[slot] = node;
  }

  private int slot(long index) {
    int mask = sparseKeys.length - 1;
    long hash = (index ^ SEED) * 0x9e37_79b9_7f4a_7c15L;
    hash = (hash ^ (hash >>> 32)) * 0xd6e8_feb8_6659_fd93L;
    int slot = (int) (hash >>> 32) & mask;
    while (sparseNodes[slot] != ABSENT && sparseKeys[slot] != index) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void growSparse() {
    long[] keys = sparseKeys;
    int[] nodes = sparseNodes;
    int size = Math.max(64, keys.length * 2);
    sparseKeys = new long[size];
    sparseNodes = new int[size];
    Arrays.fill(sparseNodes, ABSENT);
    for (int i = 0; i < keys.length; i++) {
      if (nodes[i] != ABSENT) {
        int slot = slot(keys[i]);
        sparseKeys[slot] = keys[i];
        sparseNodes[slot] = nodes[i];
      }
    }
  }
}
