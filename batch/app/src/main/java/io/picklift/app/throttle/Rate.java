package io.picklift.app.throttle;

import io.picklift.app.config.MaxRate;
import org.jspecify.annotations.Nullable;

/**
 * A rate that all threads keep together: what was done is a debt that time pays off, and nobody
 * goes on while there is any. For any thread.
 */
final class Rate {
  private static final double NANOS = 1e9;

  private @Nullable MaxRate most;
  private double debt;
  private long paidUpTo;

  Rate(@Nullable MaxRate most, long now) {
    this.most = most;
    paidUpTo = now;
  }

  synchronized @Nullable MaxRate most() {
    return most;
  }

  /** From now on this rate; a debt of another unit is forgiven. */
  synchronized void change(@Nullable MaxRate newMost) {
    MaxRate before = most;
    if (newMost == null || before == null || newMost.isBytes() != before.isBytes()) {
      debt = 0;
    }
    most = newMost;
  }

  /** How long from a time by {@link System#nanoTime} something is owed, in nanoseconds. */
  synchronized long nanosOwed(long now) {
    MaxRate rate = most;
    if (rate == null) {
      return 0;
    }
    debt = Math.max(0, debt - (now - paidUpTo) / NANOS * rate.perSecond());
    paidUpTo = now;
    return (long) Math.ceil(debt / rate.perSecond() * NANOS);
  }

  /**
   * Owes this where nothing is owed. Of several threads that ask at the same time one may go on.
   *
   * @param now by {@link System#nanoTime}
   * @return whether it is owed now
   */
  synchronized boolean oweIfPaid(long now, long saves, long bytes) {
    if (nanosOwed(now) > 0) {
      return false;
    }
    owe(saves, bytes);
    return true;
  }

  synchronized void owe(long saves, long bytes) {
    MaxRate rate = most;
    if (rate != null) {
      debt += rate.isBytes() ? bytes : saves;
    }
  }

  /** How many saves may be done at once so that the rate is kept in steps of this length. */
  synchronized long saves(long mostSaves, double seconds) {
    return most == null || most.isBytes() ? mostSaves : within(mostSaves, most, seconds);
  }

  /** How many bytes may be done at once so that the rate is kept in steps of this length. */
  synchronized long bytes(long mostBytes, double seconds) {
    return most == null || !most.isBytes() ? mostBytes : within(mostBytes, most, seconds);
  }

  private static long within(long all, MaxRate rate, double seconds) {
    return Math.max(1, Math.min(all, (long) (rate.perSecond() * seconds)));
  }
}
