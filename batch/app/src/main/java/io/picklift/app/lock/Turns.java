package io.picklift.app.lock;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import io.picklift.app.source.Sha256;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
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
      if (isFollowed(connection) && isLocked(connection, name(schema), 0)) {
        isTaken = isLocked(connection, TargetLock.name(schema), PATIENCE_SECONDS);
        release(connection, name(schema));
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
    return isUsed(connection, name(connection.getCatalog()));
  }

  static boolean isLocked(Connection connection, String name, int seconds) throws SQLException {
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

  static boolean isUsed(Connection connection, String name) throws SQLException {
    try (PreparedStatement used = connection.prepareStatement("SELECT IS_USED_LOCK(?)")) {
      used.setString(1, name);
      try (ResultSet row = used.executeQuery()) {
        return row.next() && row.getString(1) != null;
      }
    }
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
    byte[] hash = Sha256.of(schema.getBytes(StandardCharsets.UTF_8));
    return "picklift-turn:" + HexFormat.of().formatHex(hash, 0, 20);
  }
}
