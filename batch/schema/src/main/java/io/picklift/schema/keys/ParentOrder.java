package io.picklift.schema.keys;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tables in an order in which each comes after those that it refers to, and otherwise as they were
 * given.
 */
public final class ParentOrder {
  private final Map<String, Set<String>> parents;
  private final Set<String> order = new LinkedHashSet<>();

  /** The tables whose parents are being looked at. */
  private final List<String> path = new ArrayList<>();

  private List<String> cycle = List.of();

  /**
   * Finds the order.
   *
   * @param parents for each table those that it refers to, in the tables' own order
   */
  public ParentOrder(Map<String, Set<String>> parents) {
    this.parents = parents;
    parents.keySet().forEach(this::visit);
  }

  private void visit(String table) {
    if (order.contains(table)) {
      return;
    }
    int before = path.indexOf(table);
    if (before >= 0) {
      if (cycle.isEmpty()) {
        List<String> found = new ArrayList<>(path.subList(before, path.size()));
        found.add(table);
        cycle = found;
      }
      return;
    }
    path.add(table);
    parents.getOrDefault(table, Set.of()).forEach(this::visit);
    path.remove(path.size() - 1);
    order.add(table);
  }

  /** All tables, parents first so far as no cycle forbids it. */
  public List<String> tables() {
    return List.copyOf(order);
  }

  /** Tables of which each refers to the next, the last being the first; empty where none do. */
  public List<String> cycle() {
    return List.copyOf(cycle);
  }
}
