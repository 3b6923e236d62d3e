package io.picklift.app.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work in a transaction: it is committed, or nothing of it is done. */
public final class Transaction {
  private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);

  private Transaction() {}

  /** Does the work and commits it. Afterwards the connection commits each statement again. */
  public static <T extends @Nullable Object> T run(
      Connection connection, LongStatement.Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    boolean isCommitted = false;
    try {
      T result = work.run(connection);
      connection.commit();
      isCommitted = true;
      return result;
    } finally {
      end(connection, isCommitted);
    }
  }

  private static void end(Connection connection, boolean isCommitted) throws SQLException {
    if (isCommitted) {
      connection.setAutoCommit(true);
      return;
    }
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      // The connection is lost, and with it the transaction; what led here is thrown already.
      LOG.debug("rollback failed", e);
    }
  }
}
