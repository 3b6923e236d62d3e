package io.picklift.app.lock;

import io.picklift.app.database.LostConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that this process lives, by a named lock of the target's server on a connection of its own:
 * it ends with the process, and not before. A process that is stopped, or that nothing is heard of,
 * has it still. After a server was started anew it is taken again. For any thread.
 */
public final class LifeSign implements AutoCloseable {
  /** Within so many seconds a process that lives has the lock again of a server that is back. */
  public static final int BACK_SECONDS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(LifeSign.class);
  private static final int LOOK_SECONDS = 1;
  private static final int PATIENCE_SECONDS = 10;

  private final String token = UUID.randomUUID().toString();
  private final DataSource target;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(LifeSign::daemon);
  private @Nullable Connection connection;

  private LifeSign(DataSource target) {
    this.target = target;
  }

  /**
   * Begins.
   *
   * @param target a pool, of which one connection is kept
   */
  public static LifeSign begin(DataSource target) throws SQLException {
    LifeSign sign = new LifeSign(target);
    sign.hold();
    Future<?> unused =
        sign.thread.scheduleWithFixedDelay(
            sign::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    return sign;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "life");
    thread.setDaemon(true);
    return thread;
  }

  /** By which others know this process. */
  public String token() {
    return token;
  }

  /** Whether the process of a token lives, as this server knows it. */
  public static boolean isThere(Connection connection, String token) throws SQLException {
    return NamedLock.isUsed(connection, name(token));
  }

  private static String name(String token) {
    return "picklift-l:" + token;
  }

  private void look() {
    try {
      hold();
    } catch (SQLException | RuntimeException | OutOfMemoryError e) {
      // A server that is away is asked again; whatever is thrown from here would end the looks.
      LOG.debug("no sign that this process lives", e);
    }
  }

  private synchronized void hold() throws SQLException {
    Connection last = connection;
    if (last != null && last.isValid(PATIENCE_SECONDS)) {
      return;
    }
    if (last != null) {
      connection = null;
      LostConnection.end(last);
      last.close();
    }
    Connection next = target.getConnection();
    boolean isTaken = false;
    try {
      // Where the network was cut, the server may have the lost connection still: it counts as
      // well.
      isTaken = NamedLock.take(next, name(token), 0);
    } finally {
      if (isTaken) {
        connection = next;
      } else {
        next.close();
      }
    }
  }

  @Override
  public void close() throws SQLException {
    thread.shutdownNow();
    release();
  }

  private synchronized void release() throws SQLException {
    Connection last = connection;
    connection = null;
    if (last != null) {
      try (last) {
        NamedLock.release(last, name(token));
      }
    }
  }
}
