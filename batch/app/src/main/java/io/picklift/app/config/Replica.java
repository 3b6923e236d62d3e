package io.picklift.app.config;

import java.time.Duration;

/**
 * A replica whose lag is to be respected.
 *
 * @param maxLag how far it may be behind
 */
public record Replica(Database database, Duration maxLag) {
  /** How far a replica may be behind, unless the configuration says otherwise. */
  static final int MAX_LAG_SECONDS = 10;
}
