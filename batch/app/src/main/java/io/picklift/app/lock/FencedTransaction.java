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

  /** Does work in a transaction of its own, again where the server undid it or was away. */
  public static <T extends @Nullable Object> T run(
      Fence fence, DataSource target, LongStatement.Work<T> work) throws SQLException {
    return Retry.retrying(
        () -> {
          fence.hold();
          try (Connection connection = target.getConnection()) {
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
