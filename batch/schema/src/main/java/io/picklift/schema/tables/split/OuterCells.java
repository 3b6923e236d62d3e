package io.picklift.schema.tables.split;

import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.ColumnCodec;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.values.Scalar;
import java.util.Set;
import java.util.TreeSet;

/** Compares the columns of the source's row with what that row has now. */
public final class OuterCells {
  private OuterCells() {}

  /**
   * The columns, like {@code player.source_id}, that say something else in some row.
   *
   * @param computer gives what they should be; it is asked for such columns alone
   */
  public static Set<String> differences(
      Mapping mapping, SaveRows rows, Meaning meaning, RowComputer computer) {
    Set<String> differences = new TreeSet<>();
    for (TableMapping table : mapping.tables()) {
      for (int i = 0; i < table.stored().size(); i++) {
        StoredColumn column = table.stored().get(i);
        if (column.source() != null) {
          ColumnData wanted = new ColumnData(column.type());
          if (!isIn(rows.table(table.number()), i, add(table, i, meaning, computer, wanted))) {
            differences.add(table.name() + "." + column.name());
          }
        }
      }
    }
    return differences;
  }

  private static ColumnData add(
      TableMapping table, int column, Meaning meaning, RowComputer computer, ColumnData wanted) {
    try {
      Object given = computer.cell(table.number(), column, meaning, meaning.root());
      ColumnCodec codec = ColumnCodec.of(wanted.type());
      if (!ComputedCells.add(given, codec, new Scalar(), wanted)) {
        wanted.addNull();
      }
    } catch (RowComputer.Failure e) {
      // A value that is none of the column's type cannot be what a row says.
      wanted.addNull();
    }
    return wanted;
  }

  private static boolean isIn(TableRows rows, int column, ColumnData wanted) {
    for (int row = 0; row < rows.size(); row++) {
      if (!rows.column(column).sameCell(row, wanted, 0)) {
        return false;
      }
    }
    return true;
  }
}
