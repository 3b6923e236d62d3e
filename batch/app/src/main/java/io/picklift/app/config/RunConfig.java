package io.picklift.app.config;

import java.time.Duration;
import java.util.Set;

/**
 * How runs behave: the section {@code run} of a configuration.
 *
 * @param maxDeleted how many saves one run may delete
 * @param deadline how long a server may be away
 * @param timeout how long a statement that reads or writes a page may be silent, in seconds
 */
public record RunConfig(Bound maxDeleted, Duration deadline, int timeout) {
  static final Set<String> KEYS = Set.of("max_deleted", "deadline", "timeout");

  static final RunConfig DEFAULT =
      new RunConfig(Bound.MAX_DELETED, Duration.ofMinutes(2), Database.TIMEOUT);

  static RunConfig read(Section section) {
    return new RunConfig(
        bound(section, "max_deleted", DEFAULT.maxDeleted()),
        Duration.ofSeconds(seconds(section, "deadline", (int) DEFAULT.deadline().toSeconds())),
        seconds(section, "timeout", DEFAULT.timeout()));
  }

  private static Bound bound(Section section, String key, Bound without) {
    if (!section.has(key)) {
      return without;
    }
    try {
      return Bound.parse(section.text(key));
    } catch (IllegalArgumentException e) {
      throw section.error(key, "'" + key + "' " + e.getMessage());
    }
  }

  private static int seconds(Section section, String key, int without) {
    if (!section.has(key)) {
      return without;
    }
    String text = section.text(key);
    if (!text.matches("[1-9]\\d{0,5}")) {
      throw section.error(key, "'" + key + "' must be a number of seconds, from 1 to 999999");
    }
    return Integer.parseInt(text);
  }
}
