package io.picklift.app.lock;

import io.picklift.app.database.Retry;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A transaction on the target that fails where another process may write by now. */
public final class FencedTransaction {
  private FencedTransaction() {}

  /** What a transaction does; it may be done again. */
  public interface Work<T extends @Nullable Object> {
    T run(Connection connection) throws SQLException;
  }

  /** Does work in a transaction of its own, again where the server undid it or was away. */
  public static <T extends @Nullable Object> T run(Fence fence, DataSource target, Work<T> work)
      throws SQLException {
    return Retry.retrying(
        () -> {
          fence.hold();
          try (Connection connection = target.getConnection()) {
            fence.mark(connection);
            connection.setAutoCommit(false);
            try {
              fence.check(connection);
              T result = work.run(connection);
              connection.commit();
              connection.setAutoCommit(true);
              return result;
            } catch (SQLException | RuntimeException e) {
              undo(connection, e);
              throw e;
            }
          }
        });
  }

  /** On a lost connection this fails as well, and says less than what led here. */
  private static void undo(Connection connection, Exception why) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }
}
