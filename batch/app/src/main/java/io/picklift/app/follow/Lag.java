package io.picklift.app.follow;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far the target is behind the source: by the heartbeat where one is written, else by the times
 * of the log's events. For one thread.
 */
final class Lag {
  private final long clockAhead;
  private @Nullable Heartbeat heartbeat;

  /**
   * @param clockAhead how far the server's clock is ahead of this machine's, in seconds
   */
  Lag(long clockAhead) {
    this.clockAhead = clockAhead;
  }

  /** A heartbeat is written from now on. */
  void by(Heartbeat written) {
    heartbeat = written;
  }

  /** How old the oldest is that is not in the target. */
  long millis(ReadPlaces places) {
    Heartbeat written = heartbeat;
    if (written == null || !written.isWriting()) {
      return byLog(places);
    }
    // What is in the log from before its first time, no time of this heartbeat tells of.
    return written.passed(places.beat())
        ? written.lagMillis()
        : Math.max(written.lagMillis(), byLog(places));
  }

  private long byLog(ReadPlaces places) {
    long oldest = places.oldestSeconds();
    long now = System.currentTimeMillis() / 1_000 + clockAhead;
    return oldest == 0 ? 0 : TimeUnit.SECONDS.toMillis(Math.max(0, now - oldest));
  }
}
