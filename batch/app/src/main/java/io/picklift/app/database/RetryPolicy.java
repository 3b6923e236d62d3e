package io.picklift.app.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats work that a server rolled back, or that failed because the server was away or its disk
 * was full, until a deadline. Earlier failures are kept as suppressed exceptions of the last. The
 * whole process shares one policy: when one thread has waited until the deadline, all others fail
 * at once, so that Spring Batch's own status writes do not wait again. Safe for several threads.
 */
public final class RetryPolicy {
  private static final Logger LOG = LoggerFactory.getLogger(RetryPolicy.class);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;
  private static final long SAID_EVERY_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int MOST_KEPT = 5;
  private static final LongAdder RETRIES = new LongAdder();

  private final Duration deadline;
  private final Consumer<String> say;
  private final AtomicLong nextSaid = new AtomicLong(Long.MIN_VALUE);
  private volatile @Nullable SQLException givenUp;
  private volatile boolean isStopping;

  /**
   * @param deadline how long a server may be away
   * @param say is told every ten seconds what is waited for
   */
  public RetryPolicy(Duration deadline, Consumer<String> say) {
    this.deadline = deadline;
    this.say = say;
  }

  /** Work that may run more than once. */
  public interface Work<T extends @Nullable Object> {
    T run() throws SQLException;
  }

  /** How often something was tried again since the process began. */
  static long retries() {
    return RETRIES.sum();
  }

  /** Forgets that a deadline went by: another run begins. */
  public void begin() {
    givenUp = null;
  }

  /** The process is told to stop: nothing is waited for any more. */
  public void stop() {
    isStopping = true;
  }

  /**
   * Does the work.
   *
   * @throws SQLException what the last try ended with
   */
  public <T extends @Nullable Object> T run(Work<T> work) throws SQLException {
    Deque<SQLException> earlier = new ArrayDeque<>();
    long began = 0;
    long pause = FIRST_PAUSE_MILLIS;
    for (int attempt = 1; ; attempt++) {
      SQLException over = givenUp;
      if (over != null) {
        throw with(again(over), earlier);
      }
      try {
        return work.run();
      } catch (SQLException e) {
        long now = System.nanoTime();
        began = attempt == 1 ? now : began;
        Duration waited = Duration.ofNanos(now - began);
        if (!ServerErrors.isTransient(e)) {
          throw with(e, earlier);
        }
        if (isStopping || waited.compareTo(deadline) >= 0) {
          givenUp = e;
          throw with(e, earlier);
        }
        LOG.info("attempt {}: error {} ({})", attempt, e.getErrorCode(), e.getSQLState());
        say(e, waited, now, began);
        keep(earlier, e);
      }
      RETRIES.increment();
      sleep(pause / 2 + ThreadLocalRandom.current().nextLong(pause));
      pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
    }
  }

  /** One exception thrown by several threads would collect the suppressed ones of all. */
  private static SQLException again(SQLException e) {
    return new SQLException(e.getMessage(), e.getSQLState(), e.getErrorCode(), e);
  }

  private static void keep(Deque<SQLException> earlier, SQLException e) {
    if (earlier.size() == MOST_KEPT) {
      earlier.removeFirst();
    }
    earlier.addLast(e);
  }

  private static SQLException with(SQLException last, Deque<SQLException> earlier) {
    for (SQLException failure : earlier) {
      if (failure != last) {
        last.addSuppressed(failure);
      }
    }
    return last;
  }

  /** One line for all threads; a deadlock that is over at the next try is not worth one. */
  private void say(SQLException e, Duration waited, long now, long began) {
    long due = Math.max(nextSaid.get(), began + (ServerErrors.isUndone(e) ? SAID_EVERY_NANOS : 0));
    if (now - due >= 0 && nextSaid.compareAndSet(nextSaid.get(), now + SAID_EVERY_NANOS)) {
      String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
      say.accept(
          "waiting: "
              + what
              + "; trying again for "
              + deadline.minus(waited).toSeconds()
              + " s more");
    }
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
