package io.picklift.app.workers;

import java.util.concurrent.TimeUnit;

/**
 * Where the target's server was away, or this process was stopped, no worker could be heard of:
 * each has the time of a lease again before it is held to be dead. For one thread.
 */
final class Grace {
  private final long leaseNanos;
  private long lastLook = System.nanoTime();
  private long until = lastLook;

  Grace(long leaseMillis) {
    leaseNanos = TimeUnit.MILLISECONDS.toNanos(leaseMillis);
  }

  /** The target answered. */
  void looked() {
    long now = System.nanoTime();
    if (now - lastLook > leaseNanos / 2) {
      until = now + leaseNanos;
    }
    lastLook = now;
  }

  /** Whether silence says something of a worker. */
  boolean isOver() {
    return System.nanoTime() - until >= 0;
  }
}
