package io.picklift.app.follow;

import io.picklift.app.source.Sha256;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the time into a row of the source each second, where the source has the table {@code
 * picklift_heartbeat} and the account may: how old the oldest such time is that has not come back
 * by the log is the lag, whatever the clocks of two machines say. For any thread.
 */
final class Heartbeat implements AutoCloseable {
  /** The table, in the source's schema. */
  static final String TABLE = "picklift_heartbeat";

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final long EVERY_MILLIS = 1_000;
  private static final long PAUSE_MILLIS = 60_000;

  private final DataSource source;
  private final String reader;
  private final long began = System.currentTimeMillis();
  private final ConcurrentSkipListSet<Long> unseen = new ConcurrentSkipListSet<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Heartbeat::daemon);
  private volatile boolean isWriting;
  private long pausedUntil;

  private Heartbeat(DataSource source, String reader) {
    this.source = source;
    this.reader = reader;
  }

  /**
   * Begins to write.
   *
   * @param reader whose row it is
   */
  static Heartbeat begin(DataSource source, String reader) {
    Heartbeat heartbeat = new Heartbeat(source, reader);
    Future<?> unused =
        heartbeat.thread.scheduleWithFixedDelay(
            heartbeat::beat, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    return heartbeat;
  }

  /** One that never writes. */
  static Heartbeat none(DataSource source) {
    return new Heartbeat(source, "");
  }

  /** Whose row is that of a process with this target. */
  static String reader(String target) {
    byte[] hash = Sha256.of(target.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, 16);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "source-heartbeat");
    thread.setDaemon(true);
    return thread;
  }

  private void beat() {
    long now = System.currentTimeMillis();
    if (now < pausedUntil) {
      return;
    }
    unseen.add(now);
    try (Connection connection = source.getConnection()) {
      if (write(connection, "UPDATE " + TABLE + " SET beat = ? WHERE reader = ?", now) == 0) {
        write(connection, "INSERT INTO " + TABLE + " (beat, reader) VALUES (?, ?)", now);
      }
      isWriting = true;
    } catch (SQLException e) {
      // No such table, no right to write into it, or a server that is read only or away.
      LOG.debug("no heartbeat in the source", e);
      unseen.clear();
      isWriting = false;
      pausedUntil = now + PAUSE_MILLIS;
    }
  }

  private int write(Connection connection, String sql, long now) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, now);
      statement.setString(2, reader);
      return statement.executeUpdate();
    }
  }

  /**
   * A time came back by the log, and all that was written before it is in the target.
   *
   * @return whether it is one of this heartbeat's, and not of one before it
   */
  boolean passed(long beat) {
    unseen.headSet(beat, true).clear();
    return beat >= began;
  }

  /** Whether the lag is known from here. */
  boolean isWriting() {
    return isWriting;
  }

  /** How old the oldest time is that has not come back. */
  long lagMillis() {
    Long oldest = unseen.isEmpty() ? null : unseen.iterator().next();
    return oldest == null ? 0 : Math.max(0, System.currentTimeMillis() - oldest);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
