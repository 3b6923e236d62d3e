package io.picklift.schema.tables.rows;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.residue.Bytes;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes rows as INSERT statements of many rows each, in the order of the key. Neither commits nor
 * rolls back: the transaction is the caller's.
 */
public final class RowWriter {
  /** Longer statements are no faster, and cost memory on both sides. */
  private static final int STATEMENT_BYTES = 1 << 20;

  private static final int PACKET_OVERHEAD = 1 << 10;

  private final Connection connection;
  private final Mapping mapping;
  private final SqlLiterals text;
  private final int statementBytes;
  private final byte[][] heads;

  /** Asks the server for its limits. The connection stays the caller's. */
  public RowWriter(Connection connection, Mapping mapping) throws SQLException {
    this.connection = connection;
    this.mapping = mapping;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@max_allowed_packet, @@sql_mode")) {
      row.next();
      long packet = row.getLong(1);
      statementBytes = (int) Math.min(STATEMENT_BYTES, Math.max(1, packet - PACKET_OVERHEAD));
      text = new SqlLiterals(!row.getString(2).contains("NO_BACKSLASH_ESCAPES"));
    }
    heads = new byte[mapping.tables().size()][];
    for (TableMapping table : mapping.tables()) {
      heads[table.number()] = head(table);
    }
  }

  private static byte[] head(TableMapping table) {
    StringBuilder sql = new StringBuilder("INSERT INTO ").append(SqlNames.name(table.name()));
    sql.append(" (").append(SqlNames.names(List.of(TableMapping.SAVE_ID, TableMapping.ORDINAL)));
    for (StoredColumn column : table.stored()) {
      sql.append(", ").append(SqlNames.name(column.name()));
    }
    return sql.append(") VALUES ").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Inserts the rows of some saves; returns how many. */
  public long write(Collection<SaveRows> saves) throws SQLException {
    List<SaveRows> sorted =
        saves.stream().sorted(Comparator.comparingLong(SaveRows::saveId)).toList();
    long count = 0;
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (TableMapping table : mapping.tables()) {
        count += write(statement, table.number(), sorted);
      }
    }
    return count;
  }

  private long write(Statement statement, int table, List<SaveRows> saves) throws SQLException {
    Bytes sql = new Bytes();
    long count = 0;
    int pending = 0;
    for (SaveRows save : saves) {
      TableRows rows = save.table(table);
      for (int row = 0; row < rows.size(); row++) {
        if (pending == 0) {
          sql.put(heads[table], 0, heads[table].length);
        } else {
          sql.put(',');
        }
        int start = sql.size();
        text.row(sql, save.saveId(), rows, row);
        pending++;
        if (sql.size() > statementBytes) {
          pending = send(statement, sql, table, start, pending);
        }
        count++;
      }
    }
    if (pending > 0) {
      execute(statement, sql, sql.size());
    }
    return count;
  }

  /** Sends all rows but the last, which goes into the next statement; a single one goes alone. */
  private int send(Statement statement, Bytes sql, int table, int lastRow, int pending)
      throws SQLException {
    if (pending == 1) {
      execute(statement, sql, sql.size());
      sql.clear();
      return 0;
    }
    byte[] last = java.util.Arrays.copyOfRange(sql.array(), lastRow, sql.size());
    execute(statement, sql, lastRow - 1);
    sql.clear();
    sql.put(heads[table], 0, heads[table].length);
    sql.put(last, 0, last.length);
    return 1;
  }

  private static void execute(Statement statement, Bytes sql, int length) throws SQLException {
    statement.executeUpdate(new String(sql.array(), 0, length, StandardCharsets.UTF_8));
  }

  /** Deletes all rows of some saves; returns how many there were. */
  public long delete(Collection<Long> saveIds) throws SQLException {
    if (saveIds.isEmpty()) {
      return 0;
    }
    String ids = saveIds.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
    long count = 0;
    try (Statement statement = connection.createStatement()) {
      for (TableMapping table : mapping.tables()) {
        count +=
            statement.executeLargeUpdate(
                "DELETE FROM "
                    + SqlNames.name(table.name())
                    + " WHERE "
                    + SqlNames.name(TableMapping.SAVE_ID)
                    + " IN ("
                    + ids
                    + ")");
      }
    }
    return count;
  }
}
