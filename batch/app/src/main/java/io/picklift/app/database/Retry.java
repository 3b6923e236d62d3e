package io.picklift.app.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs work under the process's one {@link RetryPolicy}. All access to a server goes through it.
 */
public final class Retry {
  /** How long a server may be away, unless the configuration says otherwise. */
  public static final Duration DEADLINE = Duration.ofMinutes(2);

  private static volatile RetryPolicy policy = new RetryPolicy(DEADLINE, line -> {});

  private Retry() {}

  /** From now on this policy. */
  public static void use(RetryPolicy newPolicy) {
    policy = newPolicy;
  }

  /** Does the work, again where a server undid it, was away or had no room. */
  public static <T extends @Nullable Object> T retrying(RetryPolicy.Work<T> work)
      throws SQLException {
    return policy.run(work);
  }

  /** What is done with a connection. */
  public interface ConnectionWork<T extends @Nullable Object> {
    T run(Connection connection) throws SQLException;
  }

  /** The same, each time with a connection of its own. */
  public static <T extends @Nullable Object> T connected(DataSource pool, ConnectionWork<T> work)
      throws SQLException {
    return retrying(
        () -> {
          try (Connection connection = pool.getConnection()) {
            return work.run(connection);
          }
        });
  }

  /** The process is told to stop: what waits ends. What works goes on to its end. */
  public static void stop() {
    policy.stop();
  }

  /** How often something was tried again since the process began. */
  public static long retries() {
    return RetryPolicy.retries();
  }

  /** Another run begins, which may wait as long as the last did. */
  public static void begin() {
    policy.begin();
  }
}
