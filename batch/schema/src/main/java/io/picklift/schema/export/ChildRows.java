package io.picklift.schema.export;

import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.ColumnData;
import java.util.Arrays;

/** Which rows of a save belong to which. */
final class ChildRows {
  private final SaveRows rows;

  /**
   * For each table where the rows of each owner start, with one more at the end; empty for no
   * owner.
   */
  private final int[][] starts;

  ChildRows(SaveRows rows) {
    this.rows = rows;
    starts = new int[rows.tables().size()][];
    for (TableRows table : rows.tables()) {
      starts[table.table().number()] = starts(table);
    }
  }

  private int[] starts(TableRows table) {
    if (!(table.table().source() instanceof RowSource.Each)) {
      return new int[0];
    }
    // Rows come in the order of their owners.
    ColumnData owners = table.column(ownerColumn(table.table()));
    int[] found = new int[table.size() + 2];
    int owner = 0;
    for (int row = 0; row < table.size(); row++) {
      int next = (int) owners.number(row);
      if (next >= found.length - 1) {
        found = Arrays.copyOf(found, Math.max(next + 2, found.length * 2));
      }
      while (owner < next) {
        found[++owner] = row;
      }
    }
    int[] all = Arrays.copyOf(found, owner + 2);
    all[owner + 1] = table.size();
    return all;
  }

  private static int ownerColumn(TableMapping table) {
    for (int i = 0; i < table.stored().size(); i++) {
      if (table.stored().get(i).role() == StoredColumn.Role.OWNER) {
        return i;
      }
    }
    throw new IllegalStateException("no owner in " + table.name());
  }

  /** The first row of a table that an owner's row has; 0 where the table has no owner. */
  int first(int table, int owner) {
    int[] of = starts[table];
    return of.length == 0 ? 0 : owner + 1 < of.length ? of[owner] : rows.table(table).size();
  }

  /** One after the last. */
  int end(int table, int owner) {
    int[] of = starts[table];
    return owner + 1 < of.length ? of[owner + 1] : rows.table(table).size();
  }
}
