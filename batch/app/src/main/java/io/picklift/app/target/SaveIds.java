package io.picklift.app.target;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Takes {@code save_id}s ahead, in blocks, from {@code save_sequence}. What is not used of a block
 * is lost: ids are only ever compared. For any thread.
 */
public final class SaveIds {
  private static final int BLOCK = 2_000;

  private long next;
  private long end;

  /**
   * Takes so many ids in a row; returns the first one. The connection must have no transaction
   * open, in which others would wait for the sequence.
   */
  synchronized long take(Connection connection, int count) throws SQLException {
    if (end - next < count) {
      int block = Math.max(BLOCK, count);
      next = takeBlock(connection, block);
      end = next + block;
    }
    long first = next;
    next += count;
    return first;
  }

  private long takeBlock(Connection connection, int block) throws SQLException {
    // A build from before the sequence may have written into this target since; and a server that
    // lost commits has an older sequence than what this process took of it.
    long least = Math.max(end, afterLast(connection));
    String sql =
        """
        UPDATE save_sequence
        SET next_value = LAST_INSERT_ID(GREATEST(next_value, ?)) + ?
        WHERE name = 'save_id'
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, least);
      update.setInt(2, block);
      if (update.executeUpdate() != 1) {
        throw new SQLException("save_sequence has no row 'save_id'");
      }
    }
    return number(connection, "SELECT LAST_INSERT_ID()");
  }

  private static long afterLast(Connection connection) throws SQLException {
    return number(connection, "SELECT COALESCE(MAX(save_id), 0) + 1 FROM picklift_save");
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
