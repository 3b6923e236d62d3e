package io.picklift.app.database;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does a whole transaction again where the server undid it, or where the connection was lost. */
public final class Retry {
  private static final Logger LOG = LoggerFactory.getLogger(Retry.class);

  /** Deadlock, lock timeout; shut down while working, killed, disconnected for idleness. */
  private static final Set<Integer> CODES = Set.of(1213, 1205, 1053, 1927, 4031);

  private static final String CLOSED = "Connection is closed";

  private static final int ATTEMPTS = 8;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private Retry() {}

  /** Work that may run more than once. */
  public interface Work<T> {
    T run() throws SQLException;
  }

  public static <T> T retrying(Work<T> work) throws SQLException {
    long pause = FIRST_PAUSE_MILLIS;
    for (int attempt = 1; ; attempt++) {
      try {
        return work.run();
      } catch (SQLException e) {
        if (attempt == ATTEMPTS || !isTransient(e)) {
          throw e;
        }
        LOG.info(
            "attempt {} of {}: error {} ({})",
            attempt,
            ATTEMPTS,
            e.getErrorCode(),
            e.getSQLState());
      }
      sleep(pause / 2 + ThreadLocalRandom.current().nextLong(pause));
      pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
    }
  }

  public static boolean isTransient(SQLException e) {
    return CODES.contains(e.getErrorCode()) || e instanceof SQLTransientException || isLost(e);
  }

  /** Whether there is no connection any more; the pool says so of one that it took away. */
  public static boolean isLost(SQLException e) {
    return String.valueOf(e.getSQLState()).startsWith("08")
        || (e.getSQLState() == null && CLOSED.equals(e.getMessage()));
  }

  private static void sleep(long millis) throws SQLException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while waiting to try again", e);
    }
  }
}
