package io.picklift.schema.tables.join;

import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.template.Template;
import io.picklift.schema.tables.walk.WalkPlan;

/** Which row of a new save is the save itself. */
final class BornRoot {
  private BornRoot() {}

  /** The number of its table. */
  static int table(WalkPlan plan, SaveRows rows, Template template) throws JoinException {
    int found = -1;
    for (int table : template.rootTables()) {
      if (table >= 0 && rows.has(table)) {
        if (found >= 0) {
          throw refused("rows of several tables could be the save itself");
        }
        found = table;
      }
    }
    if (found < 0) {
      StringBuilder names = new StringBuilder();
      for (int table : template.rootTables()) {
        String name = table < 0 ? "" : plan.mapping.tables().get(table).name();
        names.append(names.isEmpty() || name.isEmpty() ? "" : ", ").append(name);
      }
      throw refused(
          names.isEmpty()
              ? "the mapping has no table for what a save itself is: it cannot be new"
              : "has no row of its own, in " + names);
    }
    return found;
  }

  /** Its place among the table's rows. */
  static int row(TableMapping table, SaveRows rows) throws JoinException {
    TableRows of = rows.table(table.number());
    int row = of.row(0);
    boolean isOne = table.source() instanceof RowSource.Root && of.size() > 1;
    if (row < 0 || isOne) {
      throw refused(
          "table "
              + table.name()
              + " has "
              + of.size()
              + " rows of it; that of the save itself is the one with ordinal 0"
              + (isOne ? ", and there is no other" : ", which is not there"));
    }
    return row;
  }

  private static JoinException refused(String why) {
    return new JoinException(JoinException.Reason.ROW_MISSING, ".", why);
  }
}
