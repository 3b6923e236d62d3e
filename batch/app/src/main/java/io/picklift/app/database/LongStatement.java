package io.picklift.app.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
 * does not.
 */
public final class LongStatement {
  private static final Logger LOG = LoggerFactory.getLogger(LongStatement.class);
  private static final long LOOK_EVERY_SECONDS = 5;
  private static final int MOST_MISSED = 6;

  /** Cutting a connection must not wait for anything. */
  private static final Executor AT_ONCE = Runnable::run;

  private final DataSource pool;

  public LongStatement(DataSource pool) {
    this.pool = pool;
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
              LOOK_EVERY_SECONDS,
              LOOK_EVERY_SECONDS,
              TimeUnit.SECONDS);
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
    boolean isThere = false;
    String sql = "SELECT 1 FROM information_schema.processlist WHERE id = ?";
    try (Connection second = pool.getConnection();
        PreparedStatement select = second.prepareStatement(sql)) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        isThere = row.next();
        missed.set(isThere ? 0 : MOST_MISSED);
      }
    } catch (SQLException e) {
      LOG.debug("a server with a long statement does not answer", e);
      missed.incrementAndGet();
    }
    if (!isThere && missed.get() >= MOST_MISSED) {
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
