package io.picklift.app.control;

import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.app.lock.TargetLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Holds a target as a process that follows does, and does nothing of what is handed to it but what
 * a test says.
 */
public final class SilentFollower implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final Game game;
  private final Connection connection;
  private final String lock;

  /** Migrates what there is, and has the target from then on. */
  public SilentFollower(Game game) throws Exception {
    this.game = game;
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    connection = game.targetConnection();
    lock = TargetLock.name(Objects.requireNonNull(game.text("SELECT DATABASE()")));
    take();
    heard("+ INTERVAL 1 HOUR");
    run(
        """
        INSERT INTO picklift_follow (source_table, server_id, log_file, log_offset, state,
          deleted_since, entered, heard)
        VALUES ('saves', 's', 'log.1', 4, 'following', 0, UTC_TIMESTAMP(6),
          UTC_TIMESTAMP(6) + INTERVAL 1 HOUR)
        """);
  }

  /** The number of its connection. */
  long number() throws Exception {
    return game.number("SELECT connection_id FROM picklift_lock");
  }

  /** When it was last heard of, from now. */
  void heard(String when) throws SQLException {
    run(
        """
        REPLACE INTO picklift_lock (lock_id, connection_id, host, process_id, since, heartbeat)
        VALUES (1, CONNECTION_ID(), 'there', 4711, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) %s)
        """
            .formatted(when));
  }

  void take() throws SQLException {
    run("DO GET_LOCK('%s', 60)".formatted(lock));
  }

  void release() throws SQLException {
    run("DO RELEASE_LOCK('%s')".formatted(lock));
  }

  /** Whether something was handed over. */
  public boolean isAsked() throws Exception {
    return errands() > 0;
  }

  long errands() throws Exception {
    return game.number("SELECT COUNT(*) FROM picklift_errand");
  }

  /** Waits until something is handed over, and says how far it is with it. */
  void enter(String state) throws Exception {
    await(this::isAsked);
    run("UPDATE picklift_errand SET exit_status = 0, output = 'done', state = '" + state + "'");
  }

  /** What a test waits for. */
  interface Condition {
    boolean holds() throws Exception;
  }

  static void await(Condition condition) throws Exception {
    long began = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - began > PATIENCE_NANOS) {
        throw new AssertionError("waited in vain");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
