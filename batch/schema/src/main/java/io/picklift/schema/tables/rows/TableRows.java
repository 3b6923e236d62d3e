package io.picklift.schema.tables.rows;

import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.values.ColumnData;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One save's rows of one table, in the order of their ordinals. */
public final class TableRows {
  private final TableMapping table;
  private final ColumnData[] columns;
  private int size;

  /** Ordinals where they are not 0, 1, 2, ...: rows are missing. */
  private int @Nullable [] ordinals;

  TableRows(TableMapping table) {
    this.table = table;
    columns = new ColumnData[table.stored().size()];
    for (int i = 0; i < columns.length; i++) {
      StoredColumn column = table.stored().get(i);
      columns[i] = new ColumnData(column.type());
    }
  }

  public TableMapping table() {
    return table;
  }

  public int size() {
    return size;
  }

  /** The cells of the column of that number in {@link TableMapping#stored()}. */
  public ColumnData column(int number) {
    return columns[number];
  }

  /** The ordinal of the row at that place. */
  public int ordinal(int row) {
    int[] given = ordinals;
    return given == null ? row : given[row];
  }

  /** Whether ordinals are 0, 1, 2, ... */
  public boolean isDense() {
    return ordinals == null;
  }

  /** Notes that every column has got another cell. */
  public void endRow(int ordinal) {
    int[] given = ordinals;
    if (given == null && ordinal != size) {
      given = new int[Math.max(16, size + 1)];
      for (int i = 0; i < size; i++) {
        given[i] = i;
      }
    }
    if (given != null) {
      if (size == given.length) {
        given = Arrays.copyOf(given, size * 2);
      }
      given[size] = ordinal;
      ordinals = given;
    }
    size++;
  }
}
