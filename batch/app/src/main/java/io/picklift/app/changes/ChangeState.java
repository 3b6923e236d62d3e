package io.picklift.app.changes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code picklift_change_state}: how changes were looked for last.
 *
 * @param how as the configuration names it
 * @param isScanDue whether every save is to be looked at once
 * @param column whose newest value was seen; null for triggers
 * @param newest that value; null where there was none
 */
record ChangeState(
    String how, boolean isScanDue, @Nullable String column, @Nullable String newest) {
  static final String TRIGGERS = "triggers";

  /** While triggers are dropped. */
  static final String DROPPING = "dropping";

  /** That of a source; null where there is none. */
  static @Nullable ChangeState find(Connection connection, String source) throws SQLException {
    String sql =
        """
        SELECT how, is_scan_due, column_name, newest FROM picklift_change_state
        WHERE source_table = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new ChangeState(
                row.getString(1), row.getBoolean(2), row.getString(3), row.getString(4))
            : null;
      }
    }
  }

  /** Whether triggers were made, for any source, and are not all dropped. */
  static boolean hasTriggers(Connection connection) throws SQLException {
    String sql =
        "SELECT 1 FROM picklift_change_state WHERE how IN ('%s', '%s') LIMIT 1"
            .formatted(TRIGGERS, DROPPING);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next();
    }
  }

  /** Whether another source's changes are noted by the triggers. */
  static boolean isShared(Connection connection, String source) throws SQLException {
    String sql =
        "SELECT 1 FROM picklift_change_state WHERE how = '%s' AND source_table <> ? LIMIT 1"
            .formatted(TRIGGERS);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Triggers were missing: every save of each source that reads them is to be looked at once. */
  static void scanAll(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE picklift_change_state SET is_scan_due = TRUE WHERE how = '" + TRIGGERS + "'");
    }
  }

  void enter(Connection connection, String source) throws SQLException {
    String sql =
        """
        REPLACE INTO picklift_change_state (source_table, how, is_scan_due, column_name, newest)
        VALUES (?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, source);
      insert.setString(2, how);
      insert.setBoolean(3, isScanDue);
      insert.setString(4, column);
      insert.setString(5, newest);
      insert.executeUpdate();
    }
  }

  static void forget(Connection connection, String source) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM picklift_change_state WHERE source_table = ?")) {
      delete.setString(1, source);
      delete.executeUpdate();
    }
  }
}
