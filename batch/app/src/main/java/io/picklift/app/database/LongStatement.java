package io.picklift.app.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs statements without a time limit: DDL, ANALYZE, counts over whole tables. A second connection
 * checks that the server still works on the statement, and closes the first connection where it
 * does not: where the server is gone, does not know the connection any more, or is done and its
 * answer was lost on the way.
 */
public final class LongStatement {
  private static final Logger LOG = LoggerFactory.getLogger(LongStatement.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final int MOST_MISSED = 6;

  /** Cutting a connection must not wait for anything. */
  private static final Executor AT_ONCE = Runnable::run;

  private final DataSource pool;
  private final Duration every;

  public LongStatement(DataSource pool) {
    this(pool, LOOK_EVERY);
  }

  /**
   * @param every how often the server is asked; a connection is closed when it was in vain six
   *     times
   */
  LongStatement(DataSource pool, Duration every) {
    this.pool = pool;
    this.every = every;
  }

  /** Work with a connection. */
  public interface Work<T extends @Nullable Object> {
    T run(Connection connection) throws SQLException;
  }

  /** Runs the work on a connection of the pool. */
  public <T extends @Nullable Object> T run(Work<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      int timeout = connection.getNetworkTimeout();
      long id = id(connection);
      connection.setNetworkTimeout(AT_ONCE, 0);
      ScheduledExecutorService watcher =
          Executors.newSingleThreadScheduledExecutor(LongStatement::daemon);
      AtomicInteger missed = new AtomicInteger();
      Future<?> unused =
          watcher.scheduleWithFixedDelay(
              () -> look(connection, id, missed),
              every.toMillis(),
              every.toMillis(),
              TimeUnit.MILLISECONDS);
      try {
        return work.run(connection);
      } finally {
        watcher.shutdownNow();
        if (!connection.isClosed()) {
          connection.setNetworkTimeout(AT_ONCE, timeout);
        }
      }
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "watcher");
    thread.setDaemon(true);
    return thread;
  }

  private static long id(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void look(Connection connection, long id, AtomicInteger missed) {
    String sql = "SELECT command, time FROM information_schema.processlist WHERE id = ?";
    try (Connection second = pool.getConnection();
        PreparedStatement select = second.prepareStatement(sql)) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          missed.set(MOST_MISSED);
        } else if (row.getString(1).equals("Sleep") && row.getLong(2) >= every.toSeconds()) {
          // Between two statements it is idle as well, but not from one look to the next.
          missed.incrementAndGet();
        } else {
          missed.set(0);
        }
      }
    } catch (SQLException e) {
      LOG.debug("a server with a long statement does not answer", e);
      missed.incrementAndGet();
    }
    if (missed.get() >= MOST_MISSED) {
      cut(connection);
    }
  }

  private static void cut(Connection connection) {
    try {
      connection.abort(AT_ONCE);
    } catch (SQLException e) {
      LOG.debug("a connection could not be cut", e);
    }
  }
}
