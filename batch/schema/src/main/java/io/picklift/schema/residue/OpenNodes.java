package io.picklift.schema.residue;

import java.util.Arrays;

/**
 * The nodes that nothing refers to yet, in the order in which they were made. Following a graph in
 * the order of its pickle, this is the pickle machine's stack, so that what an opcode takes from
 * there need not be said.
 */
final class OpenNodes {
  private static final int OUT = -2;

  private int[] before;
  private int[] after;
  private int last = -1;

  OpenNodes(int nodes) {
    before = new int[nodes];
    after = new int[nodes];
    Arrays.fill(after, OUT);
  }

  void push(int node) {
    before[node] = last;
    after[node] = -1;
    if (last >= 0) {
      after[last] = node;
    }
    last = node;
  }

  boolean contains(int node) {
    return after[node] != OUT;
  }

  void remove(int node) {
    if (after[node] == OUT) {
      return;
    }
    if (before[node] >= 0) {
      after[before[node]] = after[node];
    }
    if (after[node] >= 0) {
      before[after[node]] = before[node];
    } else {
      last = before[node];
    }
    after[node] = OUT;
  }

  /** The {@code depth}-th node from the end, from 0 for the last; -1 where there is none. */
  int fromEnd(int depth) {
    int node = last;
    for (int i = 0; i < depth && node >= 0; i++) {
      node = before[node];
    }
    return node;
  }

  /** The node after one that is in the list, or -1. */
  int next(int node) {
    return after[node];
  }

  int previous(int node) {
    return before[node];
  }
}
