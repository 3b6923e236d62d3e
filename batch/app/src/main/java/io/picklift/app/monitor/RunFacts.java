package io.picklift.app.monitor;

import io.picklift.app.throttle.Politeness;
import io.picklift.app.watch.Followed;
import io.picklift.app.watch.RunEnd;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of the process's runs. For any thread. */
final class RunFacts {
  private final Clock clock;
  private Duration waitedBefore = Duration.ZERO;
  private @Nullable Politeness polite;
  private @Nullable Instant active;
  private @Nullable Last last;
  private @Nullable Instant caughtUp;
  private @Nullable Followed followed;
  private @Nullable Instant heard;

  /** The run that ended last. */
  record Last(Instant began, Instant ended, RunEnd end) {
    Duration duration() {
      return Duration.between(began, ended);
    }
  }

  /** How far following was, some time ago. */
  record Heard(Followed of, Duration age) {}

  RunFacts(Clock clock) {
    this.clock = clock;
  }

  synchronized void began() {
    active = clock.instant();
  }

  synchronized void opened(Politeness opened) {
    polite = opened;
  }

  synchronized void ended(RunEnd end) {
    Instant began = active == null ? clock.instant() : active;
    waitedBefore = waited();
    polite = null;
    active = null;
    last = new Last(began, clock.instant(), end);
    if (end.isFinished()) {
      caughtUp(began);
    }
  }

  /** The log is followed, and the target has what the source had before the oldest transaction. */
  synchronized void followed(Followed now) {
    followed = now;
    heard = clock.instant();
    caughtUp = heard.minusMillis(Math.round(now.lagSeconds() * 1_000));
  }

  /** How far following was when it was last told; null where the log was not followed yet. */
  synchronized @Nullable Heard followed() {
    return followed == null || heard == null
        ? null
        : new Heard(followed, Duration.between(heard, clock.instant()));
  }

  /** A run of another process that left the target up to date began then. */
  synchronized void caughtUp(Instant began) {
    if (caughtUp == null || began.isAfter(caughtUp)) {
      caughtUp = began;
    }
  }

  /** When the run that is under way began; null between two. */
  synchronized @Nullable Instant active() {
    return active;
  }

  synchronized @Nullable Last last() {
    return last;
  }

  /**
   * How old what the target has may be: what the source had when the last run began that came to
   * its end is there. Null where there was none yet.
   */
  synchronized @Nullable Duration lag() {
    return caughtUp == null ? null : Duration.between(caughtUp, clock.instant());
  }

  /** How long threads have waited to be polite, all together. */
  synchronized Duration waited() {
    return polite == null ? waitedBefore : waitedBefore.plus(polite.waited());
  }

  /** What makes the run wait now. */
  synchronized List<String> holding() {
    return polite == null ? List.of() : polite.holding();
  }
}
