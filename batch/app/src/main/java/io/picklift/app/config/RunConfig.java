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
 * @param batchTime how long the write of a batch, or the read of a page, is to take about
 * @param maxRate how fast a run may go; null for as fast as it can
 * @param throttle when a run is to wait
 * @param isBlobKept whether the BLOBs of quarantined saves are kept in the target
 * @param conflicts what becomes of saves that changed on both sides
 * @param changes how {@code writeback} finds the saves that changed in the tables
 */
public record RunConfig(
    CountOrShare maxDeleted,
    @Nullable CountOrShare maxQuarantine,
    Duration deadline,
    int timeout,
    Duration batchTime,
    @Nullable MaxRate maxRate,
    ThrottleConfig throttle,
    boolean isBlobKept,
    Conflicts conflicts,
    ChangesConfig changes) {
  static final Set<String> KEYS =
      Set.of(
          "max_deleted",
          "max_quarantine",
          "deadline",
          "timeout",
          "batch_time",
          "max_rate",
          "throttle",
          "quarantine_blobs",
          "conflicts",
          "changes",
          "updated_at",
          "updated_at_overlap");

  static final RunConfig DEFAULT =
      new RunConfig(
          CountOrShare.MAX_DELETED,
          null,
          Duration.ofMinutes(2),
          Database.TIMEOUT,
          Duration.ofMillis(500),
          null,
          ThrottleConfig.NONE,
          false,
          Conflicts.KEEP_TARGET,
          ChangesConfig.SCAN);

  static RunConfig read(Section section, ThrottleConfig throttle) {
    return new RunConfig(
        section.has("max_deleted") ? bound(section, "max_deleted") : DEFAULT.maxDeleted(),
        section.has("max_quarantine") ? bound(section, "max_quarantine") : null,
        Duration.ofSeconds(seconds(section, "deadline", (int) DEFAULT.deadline().toSeconds())),
        seconds(section, "timeout", DEFAULT.timeout()),
        batchTime(section),
        section.has("max_rate") ? maxRate(section) : null,
        throttle,
        section.flag("quarantine_blobs"),
        conflicts(section),
        ChangesConfig.read(section));
  }

  private static Conflicts conflicts(Section section) {
    if (!section.has("conflicts")) {
      return DEFAULT.conflicts();
    }
    try {
      return Conflicts.of(section.text("conflicts"));
    } catch (IllegalArgumentException e) {
      throw section.error("conflicts", "'conflicts' " + e.getMessage());
    }
  }

  /** How long a statement may be silent, which whoever reads the other sections has to know. */
  static int timeout(Section section) {
    return seconds(section, "timeout", DEFAULT.timeout());
  }

  private static Duration batchTime(Section section) {
    if (!section.has("batch_time")) {
      return DEFAULT.batchTime();
    }
    String text = section.text("batch_time");
    if (!text.matches("\\d{1,3}(\\.\\d{1,3})?") || Double.parseDouble(text) <= 0) {
      throw section.error("batch_time", "'batch_time' must be a number of seconds, like 0.5");
    }
    return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1_000));
  }

  private static MaxRate maxRate(Section section) {
    try {
      return MaxRate.parse(section.text("max_rate"));
    } catch (IllegalArgumentException e) {
      throw section.error("max_rate", "'max_rate' " + e.getMessage());
    }
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
