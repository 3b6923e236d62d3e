package io.picklift.app.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How long statements of a session wait for a table that others use. */
public final class LockWait {
  private LockWait() {}

  /**
   * Sets it.
   *
   * @return what it was, in seconds: the session's own, which the server's default need not be
   */
  public static long set(Connection connection, long seconds) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      long before;
      try (ResultSet row = statement.executeQuery("SELECT @@SESSION.lock_wait_timeout")) {
        row.next();
        before = row.getLong(1);
      }
      statement.execute("SET SESSION lock_wait_timeout = " + seconds);
      return before;
    }
  }
}
