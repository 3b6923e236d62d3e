package io.picklift.app.cli.terminal;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.OptionalDouble;

/** The progress of a step as one line of text. For any thread. */
final class ProgressText {
  private static final double NANOS = 1e9;

  private final String what;
  private final long rows;
  private final long began;
  private final WorkEstimate estimate;
  private long done;
  private long quarantined;

  /**
   * @param rows how many there are, as counted before
   * @param began by {@link System#nanoTime}
   */
  ProgressText(String what, long rows, long began) {
    this.what = what;
    this.rows = rows;
    this.began = began;
    estimate = new WorkEstimate(rows, began, ProgressText::compiling);
  }

  private static long compiling() {
    CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    return compilers != null && compilers.isCompilationTimeMonitoringSupported()
        ? compilers.getTotalCompilationTime()
        : 0;
  }

  String what() {
    return what;
  }

  synchronized void sized(long bytes) {
    estimate.sized(bytes);
  }

  synchronized void followed(double share) {
    estimate.followed(share);
  }

  synchronized void read(long saves, long bytes) {
    estimate.read(saves, bytes);
  }

  synchronized void worked(long saves, long bytes, long now) {
    estimate.worked(saves, bytes);
    estimate.mark(now);
  }

  synchronized OptionalDouble secondsLeft(long now) {
    return estimate.secondsLeft(now);
  }

  synchronized void done(long more) {
    done += more;
    estimate.done(more);
  }

  synchronized void quarantined(long more) {
    quarantined += more;
  }

  /** How many saves were quarantined, in words; empty for none. */
  synchronized String refused() {
    return quarantined == 0 ? "" : String.format(Locale.ROOT, "%,d quarantined", quarantined);
  }

  /** The line at a time by {@link System#nanoTime}. */
  synchronized String line(long now) {
    double seconds = Math.max((now - began) / NANOS, 0.001);
    double rate = done / seconds;
    StringBuilder line = new StringBuilder(what).append(": ");
    line.append(
        String.format(Locale.ROOT, "%,d of %,d %s", done, rows, rows == 1 ? "save" : "saves"));
    if (rows > 0) {
      line.append(String.format(Locale.ROOT, " (%.0f%%)", Math.min(100, 100.0 * done / rows)));
    }
    line.append(
        String.format(Locale.ROOT, rate < 10 ? ", %.1f a second" : ", %,.0f a second", rate));
    OptionalDouble left = estimate.secondsLeft(now);
    if (left.isPresent()) {
      line.append(", about ").append(time(left.getAsDouble())).append(" left");
    }
    return line.append(quarantined == 0 ? "" : ", ").append(refused()).toString();
  }

  private static String time(double seconds) {
    if (seconds < 90) {
      return Math.round(seconds) + " s";
    }
    double minutes = seconds / 60;
    return minutes < 90
        ? Math.round(minutes) + " min"
        : String.format(Locale.ROOT, "%.1f h", minutes / 60);
  }
}
