package io.picklift.app.source;

import io.picklift.app.database.ServerErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** Rows that no transaction is writing. */
final class SettledRows {
  /** Each server takes the words that are its own, and passes over the other's. */
  private static final String SHARED_AT_ONCE =
      " /*M! LOCK IN SHARE MODE NOWAIT */ /*!80000 FOR SHARE NOWAIT */";

  private final DataSource dataSource;
  private final TableKeys table;

  SettledRows(DataSource dataSource, TableKeys table) {
    this.dataSource = dataSource;
    this.table = table;
  }

  /**
   * Which of these rows no transaction is writing: a server's log has a transaction a moment before
   * it is visible, and its locks are held until then. A statement that begins after this has
   * returned sees what was written. SELECT is enough; nobody is waited for.
   */
  Set<SaveKey> of(List<SaveKey> keys) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      Set<SaveKey> settled = new HashSet<>();
      settle(connection, keys, settled);
      return settled;
    }
  }

  /** Halves what cannot be locked, until the rows that are locked are alone. */
  private void settle(Connection connection, List<SaveKey> keys, Set<SaveKey> settled)
      throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    if (isLockable(connection, keys)) {
      settled.addAll(keys);
    } else if (keys.size() > 1) {
      int half = keys.size() / 2;
      settle(connection, keys.subList(0, half), settled);
      settle(connection, keys.subList(half, keys.size()), settled);
    }
  }

  private boolean isLockable(Connection connection, List<SaveKey> keys) throws SQLException {
    String sql =
        "SELECT COUNT(*)" + table.table() + " WHERE " + table.anyOf(keys.size()) + SHARED_AT_ONCE;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      table.bind(select, keys);
      select.executeQuery().close();
      return true;
    } catch (SQLException e) {
      if (ServerErrors.isLocked(e)) {
        return false;
      }
      throw e;
    }
  }
}
