package io.picklift.app.lock;

import io.picklift.app.database.LostConnection;
import io.picklift.app.database.Retry;
import io.picklift.app.source.Sha256;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two processes from working on one target, with a named lock of the server. The lock ends
 * with its connection: a killed process leaves no lock behind, and whoever holds the lock knows
 * that job executions marked as running are dead. A server that restarts or closes idle connections
 * releases the lock too, so {@link #hold} is called before each transaction. Where the network was
 * cut, the server may keep the lost connection and its lock for hours: this process ends it. A row
 * beside the lock says who holds it, with a heartbeat. Transactions of an earlier run, which may go
 * on after a stop of any length, fail by {@link Generation}. For any thread.
 */
public final class TargetLock implements Fence, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TargetLock.class);
  private static final int PATIENCE_SECONDS = 10;
  private static final int TRY_SECONDS = 2;
  private static final int BEAT_SECONDS = 10;
  private static final long PAUSE_MILLIS = 50;

  private final DataSource target;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(TargetLock::daemon);
  private final OwnConnection own;
  private Connection connection;
  private boolean isEntered;
  private final WriterMarks marks;
  private volatile @Nullable Generation generation;

  private TargetLock(DataSource target, OwnConnection own, Connection connection)
      throws SQLException {
    marks = new WriterMarks(marks(connection.getCatalog()));
    this.target = target;
    this.own = own;
    this.connection = connection;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "heartbeat");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Takes the lock; null where another process has it. One that follows a log lets it go between
   * two batches, and is waited for.
   */
  public static @Nullable TargetLock take(DataSource target) throws SQLException {
    OwnConnection own = new OwnConnection();
    Connection connection = locked(target, own);
    if (connection == null) {
      connection = Turns.await(target);
      if (connection != null) {
        own.mark(connection);
      }
    }
    return connection == null ? null : new TargetLock(target, own, connection);
  }

  /** What to say to whoever could not take the lock: who holds it, since when, and what to do. */
  public static String busy(DataSource target, String place) throws SQLException {
    try (Connection connection = target.getConnection()) {
      String holder = LockHolder.shown(connection, name(connection.getCatalog()));
      return "another picklift is working on " + place + (holder == null ? "" : ": " + holder);
    }
  }

  /**
   * Enters who holds the lock, and that it is alive from now on. The toolkit's tables are there.
   * Whatever an earlier run has under way still, fails from now on.
   */
  public synchronized void enter() throws SQLException {
    LockHolder.enter(connection, host(), ProcessHandle.current().pid());
    generation = Takeover.raise(connection, marks(connection.getCatalog()));
    if (!isEntered) {
      isEntered = true;
      Future<?> unused =
          heart.scheduleWithFixedDelay(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    }
  }

  /**
   * Ends the writing connections of earlier runs, and waits for that: what a process that was
   * killed has begun goes on in the server. Called before this process marks any of its own.
   */
  public synchronized void endFormer() throws SQLException {
    WriterMarks.endAndAwait(connection, marks(connection.getCatalog()));
  }

  private synchronized void beat() {
    try {
      LockHolder.beat(connection);
    } catch (SQLException e) {
      // Before the next transaction the lock is looked after.
      LOG.debug("no heartbeat", e);
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a machine without a name";
    }
  }

  /**
   * Makes sure that this process still has the lock, before anything is written.
   *
   * @throws LockLostException where another process has it by now
   */
  @Override
  public synchronized void hold() throws SQLException {
    if (connection.isValid(PATIENCE_SECONDS)) {
      return;
    }
    drop();
    Connection again = locked(target, own);
    if (again == null && own.end(target)) {
      again = locked(target, own);
    }
    if (again == null) {
      throw new LockLostException();
    }
    connection = again;
    if (isEntered) {
      LockHolder.enter(connection, host(), ProcessHandle.current().pid());
    }
  }

  private void drop() throws SQLException {
    LostConnection.end(connection);
    connection.close();
  }

  /** The lock's connection, or a new one without the lock where it was lost. */
  private Connection connected() throws SQLException {
    if (!connection.isValid(PATIENCE_SECONDS)) {
      drop();
      connection = target.getConnection();
    }
    return connection;
  }

  @Override
  public void mark(Connection writing) throws SQLException {
    marks.mark(writing);
  }

  @Override
  public void check(Connection writing) throws SQLException {
    Generation mine = generation;
    if (mine != null) {
      mine.check(writing);
    }
  }

  /**
   * The generation of this run.
   *
   * @throws IllegalStateException before {@link #enter}
   */
  public Generation generation() {
    Generation mine = generation;
    if (mine == null) {
      throw new IllegalStateException("no generation before the toolkit's tables are there");
    }
    return mine;
  }

  /** Whether a process works on the target of this connection just now. */
  public static boolean isHeld(Connection connection) throws SQLException {
    return NamedLock.isUsed(connection, name(connection.getCatalog()));
  }

  /** Whether a process that follows a log has the target of this connection just now. */
  public static boolean isFollowed(Connection connection) throws SQLException {
    return isHeld(connection) && Turns.isFollowed(connection);
  }

  /**
   * Whether a process that follows a log had the target of this connection a moment ago: one whose
   * server was started anew takes it again.
   */
  public static boolean wasFollowed(Connection connection) throws SQLException {
    return Turns.isFollowed(connection);
  }

  /**
   * Who holds the target of this connection, and what to do, where nothing was heard of that
   * process for so long; null where it was, or where nobody holds it.
   */
  public static @Nullable String silentHolder(Connection connection, int seconds)
      throws SQLException {
    return LockHolder.silent(connection, name(connection.getCatalog()), seconds);
  }

  /** Whether another process asks for the target, which this one holds. */
  public synchronized boolean isAsked() throws SQLException {
    hold();
    return Turns.isAsked(connection);
  }

  /**
   * Lets whoever asks have the target, and waits until it is free again, whatever becomes of the
   * connection meanwhile. Nothing may be under way.
   *
   * @param isStopped whether to wait no longer
   * @return whether the lock is held again
   */
  public synchronized boolean lend(BooleanSupplier isStopped) throws SQLException {
    // A lock whose connection is lost is released by that.
    String name =
        Retry.retrying(
            () -> {
              String taken = name(connected().getCatalog());
              NamedLock.release(connection, taken);
              return taken;
            });
    while (Retry.retrying(() -> Turns.isAsked(connected())) && !isStopped.getAsBoolean()) {
      pause();
    }
    while (!Retry.retrying(() -> isTaken(name))) {
      if (isStopped.getAsBoolean()) {
        return false;
      }
    }
    Retry.retrying(
        () -> {
          hold();
          if (isEntered) {
            LockHolder.enter(connection, host(), ProcessHandle.current().pid());
            generation = Takeover.raise(connection, marks(connection.getCatalog()));
          }
          return true;
        });
    return true;
  }

  private boolean isTaken(String name) throws SQLException {
    boolean isTaken = NamedLock.take(connected(), name, 1);
    if (isTaken) {
      own.mark(connection);
    }
    return isTaken;
  }

  private static void pause() throws SQLException {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while the target was lent", e);
    }
  }

  private static @Nullable Connection locked(DataSource target, OwnConnection own)
      throws SQLException {
    Connection connection = target.getConnection();
    boolean isTaken = false;
    try {
      isTaken = NamedLock.take(connection, name(connection.getCatalog()), TRY_SECONDS);
      if (isTaken) {
        own.mark(connection);
      }
    } finally {
      if (!isTaken) {
        connection.close();
      }
    }
    return isTaken ? connection : null;
  }

  /** Locks are the server's, not the schema's, and their names have at most 64 characters. */
  public static String name(String schema) {
    return name("picklift:", schema);
  }

  private static String marks(String schema) {
    return name("picklift-w:", schema);
  }

  static String name(String prefix, String schema) {
    byte[] hash = Sha256.of(schema.getBytes(StandardCharsets.UTF_8));
    return prefix + HexFormat.of().formatHex(hash, 0, 20);
  }

  @Override
  public void close() throws SQLException {
    heart.shutdownNow();
    release();
  }

  private synchronized void release() throws SQLException {
    try (Connection held = connection;
        PreparedStatement statement = held.prepareStatement("SELECT RELEASE_ALL_LOCKS()")) {
      statement.execute();
    }
  }
}
