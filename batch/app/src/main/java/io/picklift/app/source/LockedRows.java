package io.picklift.app.source;

import io.picklift.app.config.SourceConfig;
import io.picklift.app.database.BlobStatement;
import io.picklift.app.database.SkipLocked;
import io.picklift.schema.tables.rows.SqlNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Single rows of a source table, read under a lock and written in the same transaction. */
public final class LockedRows {
  private final DataSource dataSource;
  private final SourceConfig config;
  private final List<KeyKind> kinds;
  private final String carriedHash;
  private final RowGuard guard;

  /**
   * @param carriedHash SQL for the hash of all that stands beside the BLOB
   */
  LockedRows(
      DataSource dataSource,
      SourceConfig config,
      List<KeyKind> kinds,
      String carriedHash,
      RowGuard guard) {
    this.dataSource = dataSource;
    this.config = config;
    this.kinds = List.copyOf(kinds);
    this.carriedHash = carriedHash;
    this.guard = guard;
  }

  /** Work on one row, in a transaction that is committed where it says so. */
  public interface Work {
    /** Whether to commit. */
    boolean run(Row row) throws SQLException;
  }

  /** Runs work on a row, whether it is in scope or not; false where there is none of that key. */
  public boolean with(SaveKey key, Work work) throws SQLException {
    boolean[] isThere = new boolean[1];
    boolean unused =
        transaction(
            connection -> {
              Row row = new Row(connection, key);
              isThere[0] = row.read(Lock.WAIT);
              return isThere[0] && work.run(row);
            });
    return isThere[0];
  }

  /** What is done in a transaction. */
  private interface Transacted {
    /** Whether to commit. */
    boolean run(Connection connection) throws SQLException;
  }

  /** Does work in a transaction of its own; whether it was committed, as the work says. */
  private boolean transaction(Transacted work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      guard.begin(connection);
      connection.setAutoCommit(false);
      boolean isCommitted = false;
      try {
        if (work.run(connection)) {
          guard.check();
          connection.commit();
          isCommitted = true;
        }
        return isCommitted;
      } finally {
        if (!isCommitted) {
          connection.rollback();
        }
        connection.setAutoCommit(true);
      }
    }
  }

  /** Work on several rows. */
  public interface Works {
    /**
     * Does what is to be done with one.
     *
     * @param index of its key
     * @param row null where there is none of that key, or another transaction has it
     * @return whether to go on; else all is undone
     */
    boolean run(int index, @Nullable Row row) throws SQLException;
  }

  /**
   * Runs work on several rows in one transaction, which waits for no row that another one has. It
   * may wait where the table has foreign keys, unique keys or triggers.
   *
   * @return whether all of it is committed; else nothing is
   */
  public boolean together(List<SaveKey> keys, Works works) throws SQLException {
    return transaction(
        connection -> {
          boolean isFine = true;
          for (int i = 0; i < keys.size() && isFine; i++) {
            Row row = new Row(connection, keys.get(i));
            isFine = works.run(i, row.read(Lock.PASS_OVER) ? row : null);
          }
          return isFine;
        });
  }

  /** Ends the connections with which a former process may have rows locked still. */
  public boolean endOthers() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      guard.endOthers(connection);
      return true;
    }
  }

  /** Whether {@link #together} can be had of the source's server. */
  public boolean canPassOver() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return SkipLocked.isKnown(connection);
    }
  }

  /** What is done about a row that another transaction has. */
  private enum Lock {
    NONE(""),
    WAIT(" FOR UPDATE"),
    PASS_OVER(" FOR UPDATE SKIP LOCKED");

    private final String sql;

    Lock(String sql) {
      this.sql = sql;
    }
  }

  /**
   * Adds a row, reads it again and runs work on it.
   *
   * @param others column to value as text, null for NULL
   * @return false where the row would be out of scope: then there is none
   */
  public boolean insert(SaveKey key, byte[] blob, Map<String, @Nullable String> others, Work work)
      throws SQLException {
    boolean[] isInScope = new boolean[1];
    boolean unused =
        transaction(
            connection -> {
              Row row = new Row(connection, key);
              row.insert(blob, others);
              isInScope[0] = row.read(Lock.NONE) && row.isInScope();
              return isInScope[0] && work.run(row);
            });
    return isInScope[0];
  }

  private String isKey() {
    return config.key().stream()
        .map(column -> SqlNames.quote(column) + " = ?")
        .collect(Collectors.joining(" AND "));
  }

  /** A row that is locked, with all that is compared. */
  public final class Row {
    private final Connection connection;
    private final SaveKey key;
    private @Nullable SourceRow now;
    private boolean isInScope;

    private Row(Connection connection, SaveKey key) {
      this.connection = connection;
      this.key = key;
    }

    /** What it has. */
    public SourceRow get() {
      SourceRow row = now;
      if (row == null) {
        throw new IllegalStateException("not read");
      }
      return row;
    }

    /** Whether {@code source.where} takes it. */
    public boolean isInScope() {
      return isInScope;
    }

    private boolean read(Lock lock) throws SQLException {
      List<String> columns = new ArrayList<>();
      columns.add(SqlNames.quote(config.blob()));
      String watermark = config.watermark();
      columns.add(watermark == null ? "NULL" : SqlNames.quote(watermark));
      String json = config.json();
      columns.add(json == null ? "NULL" : SqlNames.quote(json));
      columns.add(carriedHash);
      String where = config.where();
      columns.add(where == null ? "TRUE" : "(" + where + ") IS TRUE");
      config.columns().keySet().forEach(name -> columns.add(SqlNames.quote(name)));
      String sql =
          "SELECT "
              + String.join(", ", columns)
              + " FROM "
              + SqlNames.quote(config.table())
              + " WHERE "
              + isKey()
              + lock.sql;
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        bind(select, 1);
        try (ResultSet row = select.executeQuery()) {
          if (!row.next()) {
            return false;
          }
          Map<String, String> copies = new LinkedHashMap<>();
          int column = 6;
          for (String name : config.columns().keySet()) {
            String value = row.getString(column++);
            if (value != null) {
              copies.put(name, value);
            }
          }
          isInScope = row.getBoolean(5);
          now =
              new SourceRow(
                  key,
                  row.getBytes(1),
                  row.getString(2),
                  copies,
                  row.getString(3),
                  new CarriedColumns(Map.of(), row.getString(4)),
                  null);
          return true;
        }
      }
    }

    private void insert(byte[] blob, Map<String, @Nullable String> others) throws SQLException {
      List<String> columns = new ArrayList<>(config.key());
      columns.add(config.blob());
      columns.addAll(others.keySet());
      String sql =
          "INSERT INTO %s (%s) VALUES (%s)"
              .formatted(
                  SqlNames.quote(config.table()),
                  columns.stream().map(SqlNames::quote).collect(Collectors.joining(", ")),
                  columns.stream().map(column -> "?").collect(Collectors.joining(", ")));
      try (PreparedStatement insert = BlobStatement.prepare(connection, sql, blob)) {
        bind(insert, 1);
        int parameter = kinds.size() + 1;
        BlobStatement.set(insert, parameter++, blob);
        for (@Nullable String value : others.values()) {
          insert.setString(parameter++, value);
        }
        insert.executeUpdate();
      }
    }

    /** Deletes the row. */
    public void delete() throws SQLException {
      String sql = "DELETE FROM " + SqlNames.quote(config.table()) + " WHERE " + isKey();
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        bind(delete, 1);
        delete.executeUpdate();
      }
    }

    private void bind(PreparedStatement statement, int first) throws SQLException {
      for (int i = 0; i < kinds.size(); i++) {
        kinds.get(i).bind(statement, first + i, key.parts().get(i));
      }
    }

    /**
     * Writes the BLOB and copies beside it, and reads the row again.
     *
     * @param copies column to value as text, null for NULL
     * @return false where the row is out of scope now
     */
    public boolean write(byte[] blob, Map<String, @Nullable String> copies) throws SQLException {
      String sql =
          "UPDATE "
              + SqlNames.quote(config.table())
              + " SET "
              + SqlNames.quote(config.blob())
              + " = ?"
              + copies.keySet().stream()
                  .map(column -> ", " + SqlNames.quote(column) + " = ?")
                  .collect(Collectors.joining())
              + " WHERE "
              + isKey();
      try (PreparedStatement update = BlobStatement.prepare(connection, sql, blob)) {
        int parameter = 1;
        BlobStatement.set(update, parameter++, blob);
        for (@Nullable String value : copies.values()) {
          update.setString(parameter++, value);
        }
        bind(update, parameter);
        update.executeUpdate();
      }
      // Under the lock that it has, since a plain read would begin a snapshot: MariaDB 11.6.2 and
      // later
      // refuse to lock rows that changed after one.
      return read(Lock.WAIT) && isInScope;
    }
  }
}
