package io.picklift.schema.tables.join;

import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.values.Scalar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Values that cannot be what a cell says until all cells are compared: those that several cells
 * show, and do not show alike, and the keys of tables in which two were equal when they were. A
 * value has what the first of its cells says so long; were that a part of a key, it could be equal
 * to another key of a dict that nobody edited. These values get one that nothing else has in the
 * meantime.
 */
final class DifferingCells {
  private final Map<Integer, Scalar> first = new HashMap<>();
  private final Set<Integer> nodes = new TreeSet<>();
  private final Set<Integer> tables;

  private DifferingCells(Set<Integer> tables) {
    this.tables = tables;
  }

  /** With the keys of one table. */
  static DifferingCells of(int table) {
    return new DifferingCells(Set.of(table));
  }

  /** The same with those of one more table. */
  DifferingCells and(int table) {
    Set<Integer> more = new HashSet<>(tables);
    more.add(table);
    return new DifferingCells(more);
  }

  boolean has(int table) {
    return tables.contains(table);
  }

  /**
   * Notes what a cell says.
   *
   * @param node of the value
   * @param payload the first node that it is written in
   */
  void said(TableMapping table, StoredColumn column, int node, int payload, Scalar value) {
    Scalar before = first.get(payload);
    if (before == null) {
      first.put(payload, value.copy());
    }
    boolean isOther = before != null && !before.isSame(value);
    if (isOther || (has(table.number()) && isKey(table, column))) {
      nodes.add(node);
    }
  }

  /** Notes what a row had that was deleted: another cell may say what another key there was. */
  void gone(TableMapping table, StoredColumn column, int node) {
    if (has(table.number()) && isKey(table, column)) {
      nodes.add(node);
    }
  }

  /** Whether it is a column of a key, or of the member of a set. */
  private static boolean isKey(TableMapping table, StoredColumn column) {
    return isOfKey(column) || table.stored().stream().noneMatch(DifferingCells::isOfKey);
  }

  private static boolean isOfKey(StoredColumn column) {
    ColumnMapping mapped = column.mapping();
    return column.role() == StoredColumn.Role.KEY || (mapped != null && mapped.path().isOfKey());
  }

  /** One value of each. */
  Set<Integer> nodes() {
    return nodes;
  }
}
