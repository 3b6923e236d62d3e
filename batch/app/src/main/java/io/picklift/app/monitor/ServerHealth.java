package io.picklift.app.monitor;

import io.picklift.app.config.Database;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether a server takes a connection; asked at most every few seconds, whoever asks how often. */
final class ServerHealth implements HealthIndicator {
  private static final int PATIENCE_SECONDS = 3;
  private static final long KEPT_NANOS = Duration.ofSeconds(5).toNanos();

  private final String role;
  private final Database database;
  private @Nullable Health known;
  private long asked;

  ServerHealth(String role, Database database) {
    this.role = role;
    this.database = database;
  }

  @Override
  public synchronized Health health() {
    long now = System.nanoTime();
    Health kept = known;
    if (kept != null && now - asked < KEPT_NANOS) {
      return kept;
    }
    Health found = ask();
    known = found;
    asked = System.nanoTime();
    return found;
  }

  private Health ask() {
    Health.Builder health = Health.up().withDetail("place", database.place());
    try {
      Pools.ping(role, database, PATIENCE_SECONDS);
    } catch (DatabaseException e) {
      health.down().withDetail("reason", String.valueOf(e.getMessage()));
    }
    return health.build();
  }
}
