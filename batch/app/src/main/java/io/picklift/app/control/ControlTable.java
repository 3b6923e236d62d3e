package io.picklift.app.control;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The table {@code picklift_control}: one row. */
public final class ControlTable {
  private ControlTable() {}

  /** A run begins: orders for the last one are over, a pause goes on. */
  static void begin(Connection connection, int partitions) throws SQLException {
    String sql =
        """
        INSERT INTO picklift_control
          (control_id, order_number, taken_number, is_paused, is_stopped, most_partitions)
        VALUES (1, 0, 0, FALSE, FALSE, ?)
        ON DUPLICATE KEY UPDATE is_stopped = FALSE, max_rate = NULL, partitions = NULL,
          taken_number = order_number, most_partitions = VALUES(most_partitions)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, partitions);
      insert.executeUpdate();
    }
  }

  /** What is ordered now; null where no run has begun yet. */
  public static @Nullable Orders read(Connection connection) throws SQLException {
    String sql =
        """
        SELECT order_number, taken_number, is_paused, is_stopped, max_rate, partitions,
          most_partitions
        FROM picklift_control WHERE control_id = 1
        """;
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      return row.next()
          ? new Orders(
              row.getLong(1),
              row.getLong(2),
              row.getBoolean(3),
              row.getBoolean(4),
              row.getString(5),
              number(row, 6),
              number(row, 7))
          : null;
    } catch (SQLException e) {
      if (e.getErrorCode() == MysqlErrorNumbers.ER_NO_SUCH_TABLE) {
        return null;
      }
      throw e;
    }
  }

  private static @Nullable Integer number(ResultSet row, int column) throws SQLException {
    int number = row.getInt(column);
    return row.wasNull() ? null : number;
  }

  /** A run has taken the orders up to this number. */
  static void taken(Connection connection, long number) throws SQLException {
    String sql = "UPDATE picklift_control SET taken_number = ? WHERE control_id = 1";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, number);
      update.executeUpdate();
    }
  }

  public static void pause(Connection connection, boolean isToPause) throws SQLException {
    order(connection, "is_paused = ?", isToPause);
  }

  public static void stop(Connection connection) throws SQLException {
    order(connection, "is_stopped = ?", true);
  }

  /**
   * Orders a rate.
   *
   * @param rate as on the command line, or {@link Orders#NO_RATE}
   */
  public static void rate(Connection connection, String rate) throws SQLException {
    order(connection, "max_rate = ?", rate);
  }

  public static void partitions(Connection connection, int number) throws SQLException {
    order(connection, "partitions = ?", number);
  }

  private static void order(Connection connection, String assignment, Object value)
      throws SQLException {
    String sql =
        """
        UPDATE picklift_control
        SET order_number = order_number + 1, ordered_at = UTC_TIMESTAMP(6), %s
        WHERE control_id = 1
        """
            .formatted(assignment);
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, value);
      update.executeUpdate();
    }
  }
}
