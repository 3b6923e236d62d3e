package io.picklift.app.lock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The server's named locks, which end with the connection that has them. */
final class NamedLock {
  private NamedLock() {}

  /**
   * Takes a lock.
   *
   * @param seconds how long to wait for whoever has it
   * @return whether the connection has it now
   */
  static boolean take(Connection connection, String name, int seconds) throws SQLException {
    try (PreparedStatement get = connection.prepareStatement("SELECT GET_LOCK(?, ?)")) {
      get.setString(1, name);
      get.setInt(2, seconds);
      try (ResultSet row = get.executeQuery()) {
        return row.next() && row.getInt(1) == 1;
      }
    }
  }

  static void release(Connection connection, String name) throws SQLException {
    try (PreparedStatement release = connection.prepareStatement("SELECT RELEASE_LOCK(?)")) {
      release.setString(1, name);
      release.execute();
    }
  }

  /** Whether any connection has a lock. */
  static boolean isUsed(Connection connection, String name) throws SQLException {
    return holder(connection, name) != null;
  }

  /** The number of the connection that has a lock; null where none has. */
  static @Nullable Long holder(Connection connection, String name) throws SQLException {
    try (PreparedStatement used = connection.prepareStatement("SELECT IS_USED_LOCK(?)")) {
      used.setString(1, name);
      try (ResultSet row = used.executeQuery()) {
        row.next();
        long id = row.getLong(1);
        return row.wasNull() ? null : id;
      }
    }
  }
}
