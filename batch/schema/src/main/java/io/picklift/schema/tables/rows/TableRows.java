package io.picklift.schema.tables.rows;

import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.values.ColumnData;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One save's rows of one table, in the order of their ordinals. */
public final class TableRows {
  private final TableMapping table;
  private final ColumnData[] columns;
  private final Memory memory;
  private int size;

  /** The heap that was taken for the cells so far. */
  private long taken;

  /** Ordinals where they are not 0, 1, 2, ...: rows are missing. */
  private int @Nullable [] ordinals;

  /** What the first row and column are whose cell holds what its type in Java does not. */
  private @Nullable String unreadable;

  TableRows(TableMapping table, Memory memory) {
    this.table = table;
    this.memory = memory;
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

  /** The place of the row with that ordinal; -1 where there is none. */
  public int row(int ordinal) {
    int[] given = ordinals;
    if (given == null) {
      return ordinal >= 0 && ordinal < size ? ordinal : -1;
    }
    return Math.max(-1, Arrays.binarySearch(given, 0, size, ordinal));
  }

  /** Notes a cell that holds what cannot be read, and counts as NULL. */
  void noteUnreadable(int ordinal, String column) {
    if (unreadable == null) {
      unreadable =
          "row " + ordinal + " of table " + table.name() + " has what is no value in " + column;
    }
  }

  /** What the first unreadable cell is; null where there is none. */
  @Nullable String unreadable() {
    return unreadable;
  }

  /** Whether ordinals are 0, 1, 2, ... */
  public boolean isDense() {
    return ordinals == null;
  }

  /** About how many bytes of heap the rows take. */
  long footprint() {
    return taken;
  }

  /**
   * Notes that every column has got another cell.
   *
   * @throws LimitException where the rows take more memory than a save may
   */
  public void endRow(int ordinal) throws LimitException {
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
    long bytes = 0;
    for (ColumnData column : columns) {
      bytes += column.footprint();
    }
    if (bytes > taken) {
      memory.take(bytes - taken);
      taken = bytes;
    }
  }
}
