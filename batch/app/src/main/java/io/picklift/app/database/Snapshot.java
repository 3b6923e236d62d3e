package io.picklift.app.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads several tables as they were at one moment, while others write into them. Short ones only:
 * the server keeps all that is changed meanwhile.
 */
public final class Snapshot {
  private Snapshot() {}

  /** Does work that only reads, on a connection of the pool. */
  public static <T extends @Nullable Object> T read(DataSource pool, LongStatement.Work<T> work)
      throws SQLException {
    try (Connection connection = pool.getConnection()) {
      // The pool ends the transaction, and gives the connection its own isolation level back.
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      return LongRows.read(connection, work);
    }
  }
}
