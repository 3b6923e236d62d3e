package io.picklift.schema.profile.walk;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A map from nodes to what was found out about them, kept for few of a save's nodes. */
final class NodeMap<T> {
  private static final int NO_NODE = -1;

  private int[] nodes = new int[64];
  private @Nullable Object[] found = new Object[64];
  private int size;

  NodeMap() {
    Arrays.fill(nodes, NO_NODE);
  }

  @SuppressWarnings("unchecked")
  @Nullable T get(int node) {
    return (T) found[place(node)];
  }

  /** Adds what is not there yet. */
  void put(int node, T value) {
    if (size * 2 >= nodes.length) {
      grow();
    }
    int at = place(node);
    nodes[at] = node;
    found[at] = value;
    size++;
  }

  /** Where the node is or would be. */
  private int place(int node) {
    int mask = nodes.length - 1;
    int at = ((node * 0x9e3779b9) >>> 8) & mask;
    while (nodes[at] != node && nodes[at] != NO_NODE) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    int[] oldNodes = nodes;
    Object[] oldFound = found;
    nodes = new int[oldNodes.length * 2];
    found = new Object[nodes.length];
    Arrays.fill(nodes, NO_NODE);
    for (int i = 0; i < oldNodes.length; i++) {
      if (oldNodes[i] != NO_NODE) {
        int at = place(oldNodes[i]);
        nodes[at] = oldNodes[i];
        found[at] = oldFound[i];
      }
    }
  }
}
