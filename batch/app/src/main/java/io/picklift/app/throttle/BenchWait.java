package io.picklift.app.throttle;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A wait for each save, which benchmarks of workers on one machine ask for; else none. */
public final class BenchWait {
  private static final long MILLIS = Long.getLong("picklift.bench.wait", 0);

  private BenchWait() {}

  /** Waits as long as so many saves are to take more. */
  public static void of(long saves) {
    if (MILLIS > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(MILLIS * saves));
    }
  }
}
