package io.picklift.app.evolve;

import io.picklift.app.database.LockWait;
import io.picklift.app.lock.Fence;
import io.picklift.schema.tables.rows.SqlNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The moment in which the tables change places. Others may read the former tables until then, and
 * their writes wait: under that lock the saves that were written meanwhile are done again, and the
 * renaming stands in the servers' queue before the lock is let go, ahead of the writes that wait.
 */
final class Swap {
  private static final int PATIENCE_SECONDS = 50;
  private static final long LOOK_MILLIS = 5;

  private final DataSource target;
  private final Fence lock;
  private final List<String> former;
  private final String renaming;

  /**
   * @param former the tables that are locked: all that saves are put together from
   */
  Swap(DataSource target, Fence lock, List<String> former, String renaming) {
    this.target = target;
    this.lock = lock;
    this.former = former;
    this.renaming = renaming;
  }

  /** What is done under the lock; whether the tables may change places then. */
  interface Work {
    boolean run() throws SQLException;
  }

  /**
   * Does it.
   *
   * @return whether they have
   */
  boolean run(Work work) throws SQLException {
    ExecutorService renamer = Executors.newSingleThreadExecutor();
    try (Connection guard = target.getConnection();
        Connection renaming = target.getConnection()) {
      // Whoever goes on with this has to know whether it still happens.
      lock.mark(guard);
      lock.mark(renaming);
      long guardsWait = LockWait.set(guard, PATIENCE_SECONDS);
      long renamingsWait = LockWait.set(renaming, PATIENCE_SECONDS);
      String locks =
          former.stream()
              .map(name -> SqlNames.quote(name) + " READ")
              .collect(Collectors.joining(", "));
      BesideTables.execute(guard, "LOCK TABLES " + locks);
      try {
        if (!work.run()) {
          return false;
        }
        long id = id(renaming);
        Future<Boolean> renamed = renamer.submit(() -> rename(renaming));
        awaitQueued(id, renamed);
        BesideTables.execute(guard, "UNLOCK TABLES");
        return done(renamed);
      } finally {
        BesideTables.execute(guard, "UNLOCK TABLES");
        long unused = LockWait.set(guard, guardsWait);
        long ignored = LockWait.set(renaming, renamingsWait);
      }
    } finally {
      renamer.shutdownNow();
    }
  }

  private boolean rename(Connection connection) throws SQLException {
    BesideTables.execute(connection, renaming);
    return true;
  }

  private static long id(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT CONNECTION_ID()");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Until the renaming waits for the lock: whatever is written after it waits behind it. */
  private void awaitQueued(long id, Future<Boolean> renamed) throws SQLException {
    try (Connection connection = target.getConnection()) {
      while (!renamed.isDone() && !isQueued(connection, id)) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    }
  }

  private static boolean isQueued(Connection connection, long id) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW PROCESSLIST")) {
      while (row.next()) {
        String state = row.getString("State");
        if (row.getLong("Id") == id && state != null) {
          return state.toLowerCase(Locale.ROOT).contains("metadata lock");
        }
      }
    }
    return false;
  }

  private static boolean done(Future<Boolean> renamed) throws SQLException {
    try {
      return renamed.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException sql) {
        throw sql;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
