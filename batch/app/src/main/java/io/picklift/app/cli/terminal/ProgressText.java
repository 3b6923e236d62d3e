package io.picklift.app.cli.terminal;

import java.util.Locale;

/** The progress of a step as one line of text. For one thread at a time. */
final class ProgressText {
  private static final double NANOS = 1e9;

  private final String what;
  private final long rows;
  private final long began;
  private long done;

  /**
   * @param rows how many there are, as counted before
   * @param began by {@link System#nanoTime}
   */
  ProgressText(String what, long rows, long began) {
    this.what = what;
    this.rows = rows;
    this.began = began;
  }

  void done(long more) {
    done += more;
  }

  /** The line at a time by {@link System#nanoTime}. */
  String line(long now) {
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
    if (done > 0 && done < rows) {
      line.append(", about ").append(time((rows - done) / rate)).append(" left");
    }
    return line.toString();
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
