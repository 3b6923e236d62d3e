package io.picklift.schema.tables.rows;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes and deletes the rows of saves: INSERT statements of many rows each, in the order of the
 * key. Neither commits nor rolls back: the transaction is the caller's.
 */
public final class RowWriter {
  /** Longer statements are no faster, and cost memory on both sides. */
  private static final int STATEMENT_BYTES = 1 << 20;

  private static final int PACKET_OVERHEAD = 1 << 10;

  private final Connection connection;
  private final Mapping mapping;
  private final boolean backslash;
  private final int statementBytes;

  /** Asks the server for its limits. The connection stays the caller's. */
  public RowWriter(Connection connection, Mapping mapping) throws SQLException {
    this.connection = connection;
    this.mapping = mapping;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@max_allowed_packet, @@sql_mode")) {
      row.next();
      long packet = row.getLong(1);
      statementBytes = (int) Math.min(STATEMENT_BYTES, Math.max(1, packet - PACKET_OVERHEAD));
      backslash = !row.getString(2).contains("NO_BACKSLASH_ESCAPES");
    }
  }

  /** Inserts the rows of some saves; returns how many. */
  public long write(Collection<SaveRows> saves) throws SQLException {
    List<SaveRows> sorted =
        saves.stream().sorted(Comparator.comparingLong(SaveRows::saveId)).toList();
    long count = 0;
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (TableMapping table : mapping.parentsFirst()) {
        InsertText text = new InsertText(BulkTable.of(table), backslash);
        for (SaveRows save : sorted) {
          TableRows rows = save.table(table.number());
          for (int row = 0; row < rows.size(); row++) {
            text.row(save.saveId(), rows, row);
          }
        }
        count +=
            text.<SQLException>statements(
                statementBytes, sql -> statement.executeLargeUpdate(sql.sql()));
      }
    }
    return count;
  }

  /** Deletes all rows of some saves; returns how many there were. */
  public static long delete(Connection connection, Mapping mapping, Collection<Long> saveIds)
      throws SQLException {
    if (saveIds.isEmpty()) {
      return 0;
    }
    long count = 0;
    for (TableMapping table : mapping.parentsLast()) {
      count += delete(connection, table, saveIds);
    }
    return count;
  }

  /** Deletes the rows of some saves from one table; returns how many there were. */
  public static long delete(Connection connection, TableMapping table, Collection<Long> saveIds)
      throws SQLException {
    if (saveIds.isEmpty()) {
      return 0;
    }
    String ids = saveIds.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(
          "DELETE FROM "
              + SqlNames.quote(table.name())
              + " WHERE "
              + SqlNames.quote(TableMapping.SAVE_ID)
              + " IN ("
              + ids
              + ")");
    }
  }
}
