package io.picklift.app.lock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * The table {@code picklift_generation}: each run raises its number, and a transaction of an
 * earlier run fails.
 *
 * @param token random, since a server that lost commits gives a number out again
 */
public record Generation(long number, String token) {
  private static final String RAISE =
      """
      INSERT INTO picklift_generation (generation_id, number, token, began)
      VALUES (1, 1, ?, UTC_TIMESTAMP(6))
      ON DUPLICATE KEY UPDATE number = number + 1, token = VALUES(token), began = VALUES(began)
      """;

  /**
   * Begins a generation. Waits for transactions of the one before that are being committed, so long
   * as the session waits for locks.
   */
  static Generation raise(Connection connection) throws SQLException {
    String token = UUID.randomUUID().toString();
    try (PreparedStatement insert = connection.prepareStatement(RAISE)) {
      insert.setString(1, token);
      insert.executeUpdate();
    }
    return read(connection, "");
  }

  /**
   * Looks whether this is still the generation, and keeps it so until the transaction ends.
   *
   * @throws LockLostException where a later run began
   */
  void check(Connection connection) throws SQLException {
    // MariaDB has no FOR SHARE.
    if (!read(connection, " LOCK IN SHARE MODE").equals(this)) {
      throw new LockLostException(LockLostException.LATER_RUN);
    }
  }

  private static Generation read(Connection connection, String lock) throws SQLException {
    String sql = "SELECT number, token FROM picklift_generation WHERE generation_id = 1" + lock;
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      return row.next() ? new Generation(row.getLong(1), row.getString(2)) : new Generation(0, "");
    }
  }
}
