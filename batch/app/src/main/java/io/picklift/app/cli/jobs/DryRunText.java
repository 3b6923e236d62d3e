package io.picklift.app.cli.jobs;

import io.picklift.app.account.CompanionCounts;
import io.picklift.app.dryrun.DryRunResult;
import java.time.Duration;
import java.util.Locale;

/** Prints the result of a dry run for people. */
final class DryRunText {
  private static final long SECONDS_A_MINUTE = 60;

  private DryRunText() {}

  static String of(DryRunResult run) {
    StringBuilder text = new StringBuilder("nothing was written; a run would do this:\n");
    line(text, run.rows(), "rows in the source");
    line(
        text,
        run.added() + run.replaced(),
        "would be migrated (new " + run.added() + ", changed " + run.replaced() + ")");
    line(text, run.unchanged(), "are in the target as before");
    line(text, run.refusedTotal(), "would be quarantined");
    run.refused().forEach((reason, count) -> inner(text, count, reason));
    line(text, run.rowsToWrite(), "rows would be written, in");
    run.tableRows().forEach((table, count) -> inner(text, count, table));
    if (!run.beside().isEmpty()) {
      line(text, run.added() + run.replaced(), "documents would be written into " + run.beside());
    }
    long unfit = run.unfit().values().stream().mapToLong(Long::longValue).sum();
    if (unfit > 0) {
      line(text, unfit, "values would not fit their column");
      run.unfit().forEach((column, count) -> inner(text, count, column));
    }
    gone(text, run);
    run.companions().forEach(companion -> companion(text, companion));
    if (!run.newTables().isEmpty()) {
      text.append("tables that would be made: ").append(String.join(", ", run.newTables()));
      text.append('\n');
    }
    run.examples().forEach(line -> text.append("would be quarantined ").append(line).append('\n'));
    text.append("it would take about ").append(time(run.estimate()));
    text.append(": reading and decoding took ").append(time(run.reading())).append(" here (");
    text.append(String.format(Locale.ROOT, "%,.1f", run.blobBytes() / 1e6));
    text.append(" MB of BLOBs), and a server takes about ").append(time(run.writing()));
    return text.append(" for the rows\n").toString();
  }

  private static void companion(StringBuilder text, CompanionCounts counts) {
    line(
        text,
        counts.rows(),
        "rows for the companion "
            + counts.name()
            + ": would be copied "
            + (counts.added() + counts.replaced())
            + " (new "
            + counts.added()
            + ", changed "
            + counts.replaced()
            + "), as before "
            + counts.unchanged()
            + ", refused "
            + counts.refused()
            + "; gone from the source, would be deleted "
            + counts.deleted()
            + ", would be kept "
            + counts.heldBack());
  }

  private static void gone(StringBuilder text, DryRunResult run) {
    if (run.leftScope() > 0) {
      line(text, run.leftScope(), "in the target but now excluded by 'where': would be kept");
    }
    if (run.gone() == 0) {
      return;
    }
    String what = "gone from the source, but still in the target: ";
    if (!run.isBackfill()) {
      line(text, run.gone(), what + "backfill deletes them");
    } else if (run.isHeldBack()) {
      line(
          text,
          run.gone(),
          what
              + "one run may delete "
              + run.mostDeleted()
              + ", so none would be deleted; --max-deleted "
              + run.gone()
              + " allows it");
    } else {
      line(text, run.gone(), what + "would be deleted");
    }
  }

  private static void line(StringBuilder text, long count, String what) {
    text.append(String.format(Locale.ROOT, "%,10d  %s%n", count, what));
  }

  private static void inner(StringBuilder text, long count, String what) {
    text.append(String.format(Locale.ROOT, "%,13d  %s%n", count, what));
  }

  private static String time(Duration duration) {
    long seconds = Math.max(1, Math.round(duration.toMillis() / 1e3));
    if (seconds < 2 * SECONDS_A_MINUTE) {
      return seconds + " s";
    }
    long minutes = Math.round(seconds / (double) SECONDS_A_MINUTE);
    return minutes < 2 * SECONDS_A_MINUTE
        ? minutes + " min"
        : String.format(Locale.ROOT, "%.1f h", minutes / (double) SECONDS_A_MINUTE);
  }
}
