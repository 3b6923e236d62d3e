package io.picklift.app.lock;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes over from whoever may be in a transaction still. A commit that is under way is waited for;
 * what takes longer is of a process that is stopped, and its connection is ended.
 */
public final class Takeover {
  private static final int WAIT_SECONDS = 2;
  private static final int MOST_ATTEMPTS = 10;

  private Takeover() {}

  /** Work that waits for others' row locks. */
  public interface Work<T> {
    T run() throws SQLException;
  }

  /** Begins a generation; the caller has the target's lock. */
  static Generation raise(Connection connection, String marks) throws SQLException {
    return taken(
        connection,
        () -> Generation.raise(connection),
        () -> {
          WriterMarks.end(connection, marks);
          for (String token : heldTokens(connection)) {
            WriterMarks.end(connection, leaseMarks(token));
          }
        });
  }

  /**
   * Does what has to wait for locks of those that are taken over from.
   *
   * @param end ends their connections
   */
  public static <T> T taken(Connection connection, Work<T> work, Ending end) throws SQLException {
    try (Statement set = connection.createStatement()) {
      set.execute("SET SESSION innodb_lock_wait_timeout = " + WAIT_SECONDS);
      try {
        for (int attempt = 1; ; attempt++) {
          try {
            return work.run();
          } catch (SQLException e) {
            if (e.getErrorCode() != MysqlErrorNumbers.ER_LOCK_WAIT_TIMEOUT
                || attempt == MOST_ATTEMPTS) {
              throw e;
            }
            end.run();
          }
        }
      } finally {
        set.execute("SET SESSION innodb_lock_wait_timeout = DEFAULT");
      }
    }
  }

  /** Ends the connections that are in the way. */
  public interface Ending {
    void run() throws SQLException;
  }

  /** How the marks of a lease's connections begin. */
  public static String leaseMarks(String token) {
    return "picklift-a:" + token;
  }

  private static List<String> heldTokens(Connection connection) throws SQLException {
    List<String> tokens = new ArrayList<>();
    try (Statement select = connection.createStatement();
        ResultSet row =
            select.executeQuery("SELECT token FROM picklift_lease WHERE state = 'held'")) {
      while (row.next()) {
        tokens.add(row.getString(1));
      }
    }
    return tokens;
  }
}
