package io.picklift.schema.tables.join;

import io.picklift.schema.tables.values.Scalar;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The values that several cells show, and do not show alike. A value has what the first of its
 * cells says until all are compared; were that a key, it could be equal to another key of a dict
 * that nobody edited. These values get one that nothing else has in the meantime.
 */
final class DifferingCells {
  private final Map<Integer, Scalar> first = new HashMap<>();
  private final Set<Integer> nodes = new TreeSet<>();

  /**
   * Notes what a cell says.
   *
   * @param node of the value
   * @param payload the first node that it is written in
   */
  void said(int node, int payload, Scalar value) {
    Scalar before = first.get(payload);
    if (before == null) {
      first.put(payload, value.copy());
    } else if (!before.isSame(value)) {
      nodes.add(node);
    }
  }

  /** One value of each. */
  Set<Integer> nodes() {
    return nodes;
  }
}
