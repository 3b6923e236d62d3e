package io.picklift.app.lock;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The table {@code picklift_lock}: which process works on the target. */
final class LockHolder {
  private LockHolder() {}

  /** Enters that this connection of this process holds the lock. */
  static void enter(Connection connection, String host, long process) throws SQLException {
    String sql =
        """
        REPLACE INTO picklift_lock (lock_id, connection_id, host, process_id, since, heartbeat)
        VALUES (1, CONNECTION_ID(), ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))
        """;
    try (PreparedStatement replace = connection.prepareStatement(sql)) {
      replace.setString(1, host);
      replace.setLong(2, process);
      replace.executeUpdate();
    }
  }

  /** Enters that the process is alive. */
  static void beat(Connection connection) throws SQLException {
    String sql =
        "UPDATE picklift_lock SET heartbeat = UTC_TIMESTAMP(6) WHERE connection_id ="
            + " CONNECTION_ID()";
    try (Statement update = connection.createStatement()) {
      update.executeUpdate(sql);
    }
  }

  /** Who holds the lock of this name, and how to look; null where nobody does. */
  static @Nullable String shown(Connection connection, String lock) throws SQLException {
    String sql = "SELECT IS_USED_LOCK(?)";
    long id;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, lock);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        id = row.getLong(1);
        if (row.wasNull()) {
          return null;
        }
      }
    }
    String who = entered(connection, id);
    return (who == null ? "connection " + id + " (see SHOW PROCESSLIST)" : who)
        + ". If that process is dead, KILL "
        + id
        + " releases the target";
  }

  /**
   * The same where nothing was heard of that process for so long; null where it was, or where
   * nobody holds the lock.
   */
  static @Nullable String silent(Connection connection, String lock, int seconds)
      throws SQLException {
    String sql =
        """
        SELECT 1 FROM picklift_lock
        WHERE connection_id = IS_USED_LOCK(?) AND heartbeat < UTC_TIMESTAMP(6) - INTERVAL ? SECOND
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, lock);
      select.setInt(2, seconds);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? shown(connection, lock) : null;
      }
    }
  }

  private static @Nullable String entered(Connection connection, long id) throws SQLException {
    String sql =
        """
        SELECT host, process_id, CAST(since AS CHAR(19)),
          TIMESTAMPDIFF(SECOND, heartbeat, UTC_TIMESTAMP(6))
        FROM picklift_lock WHERE connection_id = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? "process %d on %s (connection %d), since %s UTC, last heartbeat %d s ago"
                .formatted(row.getLong(2), row.getString(1), id, row.getString(3), row.getLong(4))
            : null;
      }
    } catch (SQLException e) {
      if (e.getErrorCode() == MysqlErrorNumbers.ER_NO_SUCH_TABLE) {
        return null;
      }
      throw e;
    }
  }
}
