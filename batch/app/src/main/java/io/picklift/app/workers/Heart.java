package io.picklift.app.workers;

import io.picklift.app.workers.lease.HeldLease;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of an attempt that it lives, on a thread and a connection of its own. */
final class Heart implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heart.class);

  /** A sign of life may be lost, and the next one too. */
  private static final int BEATS = 5;

  private final HeldLease lease;
  private final Attempt attempt;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Heart::daemon);

  private Heart(HeldLease lease, Attempt attempt) {
    this.lease = lease;
    this.attempt = attempt;
  }

  static Heart begin(HeldLease lease, Attempt attempt, int leaseMillis) {
    Heart heart = new Heart(lease, attempt);
    long every = Math.max(1, leaseMillis / BEATS);
    Future<?> unused =
        heart.thread.scheduleAtFixedRate(heart::beat, every, every, TimeUnit.MILLISECONDS);
    return heart;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "heart");
    thread.setDaemon(true);
    return thread;
  }

  private void beat() {
    try {
      if (!lease.beat(attempt.progress())) {
        attempt.stop();
      }
    } catch (SQLException e) {
      // What is written next finds out whether the lease is still this worker's.
      LOG.debug("no sign of life", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
