package io.picklift.app.database;

import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.conf.RuntimeProperty;
import com.mysql.cj.jdbc.JdbcConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows however long they are. The server's {@code max_allowed_packet} bounds what a server
 * takes and not what it sends: rows may have become longer by LOAD DATA, or before the setting was
 * lowered, and it is the driver alone that refuses to read them. Too long a statement has to be
 * refused by the driver still, since the server would end the connection.
 */
public final class LongRows {
  private LongRows() {}

  /** Takes what it wants of the row at hand. */
  public interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /** How long a statement may be on this connection. */
  public static int longestStatement(Connection connection) throws SQLException {
    return bound(connection).getValue();
  }

  /** Does work that only reads. A connection whose answer did not fit into memory is ended. */
  public static <T extends @Nullable Object> T read(
      Connection connection, LongStatement.Work<T> work) throws SQLException {
    RuntimeProperty<Integer> bound = bound(connection);
    int before = bound.getValue();
    bound.setValue(Integer.MAX_VALUE);
    try {
      return work.run(connection);
    } catch (OutOfMemoryError | SQLException e) {
      if (OutOfMemory.is(e)) {
        // What is left of the answer would be taken for the next one.
        LostConnection.end(connection);
      }
      throw e;
    } finally {
      bound.setValue(before);
    }
  }

  /** Hands over each row that a statement selects. */
  public static void each(PreparedStatement select, RowReader reader) throws SQLException {
    int unused =
        read(
            select.getConnection(),
            connection -> {
              int rows = 0;
              try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                  reader.read(row);
                  rows++;
                }
              }
              return rows;
            });
  }

  private static RuntimeProperty<Integer> bound(Connection connection) throws SQLException {
    return connection
        .unwrap(JdbcConnection.class)
        .getPropertySet()
        .getIntegerProperty(PropertyKey.maxAllowedPacket);
  }
}
