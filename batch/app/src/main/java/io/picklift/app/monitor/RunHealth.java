package io.picklift.app.monitor;

import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.health.contributor.Health;

/** How the last run ended, and whether the target is behind. */
final class RunHealth {
  private final RunFacts facts;
  private final Duration maxLag;

  /**
   * @param maxLag from which lag on the target is behind
   */
  RunHealth(RunFacts facts, Duration maxLag) {
    this.facts = facts;
    this.maxLag = maxLag;
  }

  /** Down where it could not finish, and nobody told it to end. */
  Health lastRun() {
    Instant active = facts.active();
    RunFacts.Last last = facts.last();
    boolean isDown = last != null && !last.end().isFinished() && !last.end().isStopped();
    Health.Builder health = isDown ? Health.down() : last == null ? Health.unknown() : Health.up();
    if (active != null) {
      health.withDetail("underWaySince", active.toString());
    }
    if (last == null) {
      return health.build();
    }
    health.withDetail("began", last.began().toString());
    health.withDetail("seconds", last.duration().toSeconds());
    health.withDetail("status", last.end().status());
    String reason = last.end().reason();
    return reason == null ? health.build() : health.withDetail("reason", reason).build();
  }

  /** Down where it is too long ago that a run began which came to its end. */
  Health lag() {
    Duration lag = facts.lag();
    if (lag == null) {
      return Health.unknown().withDetail("mostSeconds", maxLag.toSeconds()).build();
    }
    Health.Builder health = lag.compareTo(maxLag) > 0 ? Health.down() : Health.up();
    return health
        .withDetail("seconds", lag.toSeconds())
        .withDetail("mostSeconds", maxLag.toSeconds())
        .build();
  }
}
