package io.picklift.app.workers;

import io.picklift.app.workers.lease.HeldLease;
import io.picklift.app.workers.lease.Progress;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of a lease that its worker lives, on a thread and a connection of its own. */
final class Heart implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heart.class);

  /** A sign of life may be lost, and the next one too. */
  private static final int BEATS = 5;

  private final HeldLease lease;
  private volatile @Nullable Attempt attempt;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Heart::daemon);

  private Heart(HeldLease lease) {
    this.lease = lease;
  }

  static Heart begin(HeldLease lease, int leaseMillis) {
    Heart heart = new Heart(lease);
    long every = Math.max(1, leaseMillis / BEATS);
    Future<?> unused =
        heart.thread.scheduleAtFixedRate(heart::beat, every, every, TimeUnit.MILLISECONDS);
    return heart;
  }

  /** From now on, says how far this attempt is, and ends it where the lease is lost. */
  void follow(Attempt made) {
    attempt = made;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "heart");
    thread.setDaemon(true);
    return thread;
  }

  private void beat() {
    Attempt now = attempt;
    try {
      if (!lease.beat(now == null ? Progress.NONE : now.progress()) && now != null) {
        now.stop();
      }
    } catch (SQLException | RuntimeException | OutOfMemoryError e) {
      // What is written next finds out whether the lease is still this worker's. Whatever is thrown
      // from here would be the last beat; a save that takes all memory is decoded alone later.
      LOG.debug("no sign of life", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
