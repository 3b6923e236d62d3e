package io.picklift.app.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Runs work in a transaction: it is committed, or nothing of it is done. */
public final class Transaction {
  private Transaction() {}

  /** Does the work and commits it. Afterwards the connection commits each statement again. */
  public static <T extends @Nullable Object> T run(
      Connection connection, LongStatement.Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      T result = work.run(connection);
      connection.commit();
      connection.setAutoCommit(true);
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      undo(connection, e);
      throw e;
    }
  }

  /** On a lost connection this fails as well, and says less than what led here. */
  private static void undo(Connection connection, Throwable why) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }
}
