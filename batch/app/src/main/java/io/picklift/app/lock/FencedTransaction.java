package io.picklift.app.lock;

import io.picklift.app.database.LongStatement;
import io.picklift.app.database.Retry;
import io.picklift.app.database.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A transaction on the target that fails where another process may write by now. */
public final class FencedTransaction {
  private FencedTransaction() {}

  /** Work that has no result. */
  public interface Work {
    void run(Connection connection) throws SQLException;
  }

  /** Does work in a transaction of its own, again where the server undid it or was away. */
  public static void run(Fence fence, DataSource target, Work work) throws SQLException {
    boolean unused =
        run(
            fence,
            target,
            connection -> {},
            connection -> {
              work.run(connection);
              return true;
            });
  }

  /**
   * The same under REPEATABLE READ, whatever the server's default is: where a locking read finds no
   * row, nobody can insert one before the transaction ends.
   *
   * @param target a pool, which gives the connection its own isolation level back
   */
  public static <T extends @Nullable Object> T lockingGaps(
      Fence fence, DataSource target, LongStatement.Work<T> work) throws SQLException {
    return run(
        fence,
        target,
        connection -> connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ),
        work);
  }

  private static <T extends @Nullable Object> T run(
      Fence fence, DataSource target, Work before, LongStatement.Work<T> work) throws SQLException {
    return Retry.retrying(
        () -> {
          fence.hold();
          try (Connection connection = target.getConnection()) {
            before.run(connection);
            fence.mark(connection);
            return Transaction.run(
                connection,
                c -> {
                  fence.check(c);
                  return work.run(c);
                });
          }
        });
  }
}
