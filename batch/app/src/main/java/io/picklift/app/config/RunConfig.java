package io.picklift.app.config;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code run} of a configuration.
 *
 * @param maxDeleted how many saves one run may delete
 * @param maxQuarantine how many saves one run may quarantine; null for any number
 * @param deadline how long a server may be away
 * @param timeout how long a statement that reads or writes a page may be silent, in seconds
 */
public record RunConfig(
    CountOrShare maxDeleted, @Nullable CountOrShare maxQuarantine, Duration deadline, int timeout) {
  static final Set<String> KEYS = Set.of("max_deleted", "max_quarantine", "deadline", "timeout");

  static final RunConfig DEFAULT =
      new RunConfig(CountOrShare.MAX_DELETED, null, Duration.ofMinutes(2), Database.TIMEOUT);

  static RunConfig read(Section section) {
    return new RunConfig(
        section.has("max_deleted") ? bound(section, "max_deleted") : DEFAULT.maxDeleted(),
        section.has("max_quarantine") ? bound(section, "max_quarantine") : null,
        Duration.ofSeconds(seconds(section, "deadline", (int) DEFAULT.deadline().toSeconds())),
        seconds(section, "timeout", DEFAULT.timeout()));
  }

  private static CountOrShare bound(Section section, String key) {
    try {
      return CountOrShare.parse(section.text(key));
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
