package io.picklift.schema.tables.join;

import io.picklift.schema.tables.walk.PathNode;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.ArrayList;
import java.util.List;

/** The cells of a row that say something of a place, and have no value of their own there yet. */
final class OpenCells {
  private final WalkPlan plan;
  private final BornRows rows;

  OpenCells(WalkPlan plan, BornRows rows) {
    this.plan = plan;
    this.rows = rows;
  }

  /**
   * What the row says of a place in its object, such as {@code odds_n and odds_d}; empty of the
   * object itself.
   */
  String names(PathNode path, int table, int row) {
    List<String> names = new ArrayList<>();
    if (!path.equals(plan.paths[table])) {
      add(path, table, row, names);
    }
    return String.join(" and ", names);
  }

  /** How the user takes that back. */
  String undone(PathNode path, int table, int row) {
    String names = names(path, table, row);
    return names.isEmpty() ? rows.undone(table, row) : "set " + names + " to NULL";
  }

  private void add(PathNode path, int table, int row, List<String> names) {
    for (int i = 0; i < path.columns.length; i += 2) {
      if (rows.isOpen(table, row, path.columns[i])) {
        names.add(plan.mapping.tables().get(table).stored().get(path.columns[i]).name());
      }
    }
    for (int i = 0; i < path.placeCount(); i++) {
      add(path.placeNode(i), table, row, names);
    }
    plan.named(path).values().forEach(next -> add(next, table, row, names));
  }
}
