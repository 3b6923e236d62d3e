package io.picklift.app.lock;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A target that is followed is held for days. Whoever wants it for a moment asks for a turn, with a
 * second named lock of the server; a follower looks for that between its batches.
 */
final class Turns {
  private static final int PATIENCE_SECONDS = 30;

  /** A follower tells every few seconds that it is alive. */
  private static final String FOLLOWED =
      """
      SELECT 1 FROM picklift_follow
      WHERE state = 'following' AND heard > UTC_TIMESTAMP(6) - INTERVAL 30 SECOND LIMIT 1
      """;

  private Turns() {}

  /** Waits for a follower to let the target go; null where none does. */
  static @Nullable Connection await(DataSource target) throws SQLException {
    Connection connection = target.getConnection();
    boolean isTaken = false;
    try {
      String schema = connection.getCatalog();
      if (isFollowed(connection) && NamedLock.take(connection, name(schema), 0)) {
        isTaken = NamedLock.take(connection, TargetLock.name(schema), PATIENCE_SECONDS);
        NamedLock.release(connection, name(schema));
      }
    } finally {
      if (!isTaken) {
        connection.close();
      }
    }
    return isTaken ? connection : null;
  }

  /** Whether somebody asks for a turn. */
  static boolean isAsked(Connection connection) throws SQLException {
    return NamedLock.isUsed(connection, name(connection.getCatalog()));
  }

  static boolean isFollowed(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(FOLLOWED)) {
      return row.next();
    } catch (SQLException e) {
      if (e.getErrorCode() == MysqlErrorNumbers.ER_NO_SUCH_TABLE) {
        return false;
      }
      throw e;
    }
  }

  private static String name(String schema) {
    return TargetLock.name("picklift-turn:", schema);
  }
}
