package io.picklift.schema.tables.rows;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.tables.values.ColumnData;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the rows that saves are to have in a table with those that the server has. No row of the
 * server is kept in memory beside the one at hand.
 */
public final class StoredRows {
  private final TableMapping table;
  private final Map<Long, TableRows> wanted;
  private final List<ColumnData> cells;
  private final Set<Long> different = new HashSet<>();

  private StoredRows(TableMapping table, Map<Long, TableRows> wanted) {
    this.table = table;
    this.wanted = wanted;
    cells = table.stored().stream().map(StoredColumn::type).map(ColumnData::new).toList();
  }

  /**
   * The saves that have these very rows in the table: none is missing, none is too many, and each
   * cell is equal. The connection and its transaction are the caller's.
   *
   * @param wanted by save id
   */
  public static Set<Long> same(
      Connection connection, TableMapping table, Map<Long, TableRows> wanted) throws SQLException {
    return wanted.isEmpty() ? Set.of() : new StoredRows(table, wanted).compare(connection);
  }

  /** Whether rows that were read are these very rows; of the same columns in the same order. */
  public static boolean isSame(TableRows wanted, TableRows read) {
    boolean isSame = wanted.size() == read.size();
    for (int row = 0; isSame && row < wanted.size(); row++) {
      isSame = wanted.ordinal(row) == read.ordinal(row);
      for (int i = 0; isSame && i < wanted.table().stored().size(); i++) {
        boolean isWritten = wanted.table().stored().get(i).isWritten();
        isSame = !isWritten || isSame(wanted.column(i), row, read.column(i), row);
      }
    }
    return isSame;
  }

  private Set<Long> compare(Connection connection) throws SQLException {
    String ids =
        wanted.keySet().stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
    Set<Long> same = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(RowReader.select(table) + ids + RowReader.order())) {
      boolean isRow = rows.next();
      // The rows come in the order of the ids.
      for (Long id : wanted.keySet().stream().sorted().toList()) {
        int met = 0;
        while (isRow && rows.getLong(1) == id) {
          compare(rows, id, met++);
          isRow = rows.next();
        }
        if (met == wantedOf(id).size() && !different.contains(id)) {
          same.add(id);
        }
      }
    }
    return same;
  }

  private TableRows wantedOf(long id) {
    TableRows rows = wanted.get(id);
    if (rows == null) {
      throw new IllegalStateException("save " + id + " was not asked for");
    }
    return rows;
  }

  private void compare(ResultSet stored, long id, int row) throws SQLException {
    TableRows rows = wantedOf(id);
    if (!different.contains(id)
        && (row >= rows.size()
            || stored.getInt(2) != rows.ordinal(row)
            || !isSame(stored, rows, row))) {
      different.add(id);
    }
  }

  private boolean isSame(ResultSet stored, TableRows rows, int row) throws SQLException {
    int at = 3;
    for (int i = 0; i < cells.size(); i++) {
      if (!table.stored().get(i).isWritten()) {
        continue;
      }
      ColumnData cell = cells.get(i);
      cell.clear();
      try {
        RowReader.cell(stored, at++, cell);
      } catch (SQLException e) {
        // What cannot be read is none of what is to be there.
        if (!RowReader.isOfValue(e)) {
          throw e;
        }
        return false;
      }
      if (!isSame(rows.column(i), row, cell, 0)) {
        return false;
      }
    }
    return true;
  }

  /**
   * MySQL gives a JSON document back in its own spelling. Numbers have to be equal to the last bit:
   * what a row holds is not to depend on what the row held before.
   */
  private static boolean isSame(ColumnData wanted, int row, ColumnData stored, int at) {
    return wanted.sameCell(row, stored, at)
        || (wanted.type().base() == ColumnType.Base.JSON
            && !wanted.isNull(row)
            && !stored.isNull(at)
            && JsonReader.document(wanted, row).equals(JsonReader.document(stored, at)));
  }
}
