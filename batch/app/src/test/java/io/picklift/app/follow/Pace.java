package io.picklift.app.follow;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps writers at a number of changes a second, and counts them. For any thread. */
final class Pace {
  private final double rate;
  private final AtomicLong changes = new AtomicLong();
  private final long began = System.nanoTime();
  private volatile long ended;

  /**
   * @param rate changes a second, of all writers together
   */
  Pace(int rate) {
    this.rate = rate;
  }

  /** So many rows more were written. */
  void changed(long rows) {
    changes.addAndGet(rows);
  }

  /** Waits while more was written than the rate allows. */
  void await() throws InterruptedException {
    while (!isEnded() && changes.get() > rate * seconds()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  void end() {
    ended = System.nanoTime();
  }

  boolean isEnded() {
    return ended != 0;
  }

  long changes() {
    return changes.get();
  }

  /** For how long it has gone on. */
  double seconds() {
    return (System.nanoTime() - began) / 1e9;
  }

  /** Changes a second until the end. */
  double reached() {
    return changes.get() * 1e9 / (ended - began);
  }
}
