package io.picklift.app.cli.jobs;

import io.picklift.app.account.CompanionCounts;
import io.picklift.app.account.RunCounts;
import io.picklift.app.account.RunSummary;
import io.picklift.app.view.SafeText;
import java.util.Locale;

/** Prints the result of a run for people. */
public final class JobSummary {
  private static final int MOST_SHOWN = 20;

  private JobSummary() {}

  /** The summary of {@code migrate} and {@code backfill}: every source row accounted for. */
  public static String of(RunSummary run) {
    StringBuilder text = new StringBuilder();
    line(text, run.rows(), "rows in the source");
    if (run.rows() == 0) {
      text.append("the source has no rows\n");
    }
    line(text, run.migratedTotal(), "migrated" + share(run));
    line(text, run.quarantinedSaves(), "quarantined");
    run.quarantinedTotal()
        .forEach(
            (reason, count) ->
                text.append(String.format(Locale.ROOT, "%13d  %s%n", count, reason)));
    line(text, run.values().all(), "values");
    line(text, run.values().inTables(), "of these in the tables, the rest in the residue");
    line(text, run.values().unfit(), "did not fit their column");
    run.values()
        .unfitByColumn()
        .forEach(
            (column, unfit) ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "%13d  %s, as in %s%n",
                        unfit.count(),
                        column,
                        SafeText.line(unfit.example()))));
    text.append(run.decoded().lines());
    RunCounts counts = run.counts();
    some(text, run.deleted(), "gone from the source, deleted from the target");
    some(text, counts.outOfScope(), "in the target but now excluded by 'where': kept");
    some(
        text,
        counts.changed(),
        "added or changed after this run read them: " + next(run, "left to the next run"));
    some(text, counts.left(), "not updated: owned by the tables, or their rows were edited");
    some(
        text,
        counts.heldBack(),
        "gone from the source, but still in the target"
            + (run.isBackfill() ? "" : ": run backfill"));
    some(
        text,
        counts.unexplained(),
        "disappeared from the source during the closing pass: "
            + next(run, "left to the next run"));
    run.companions().forEach(companion -> companion(text, companion, run));
    run.notes().forEach(line -> text.append(line).append('\n'));
    quarantine(text, run);
    run.columnsNeverFound().forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static void companion(StringBuilder text, CompanionCounts counts, RunSummary run) {
    String name = SafeText.line(counts.name());
    line(
        text,
        counts.rows(),
        "rows of companion "
            + name
            + " (new "
            + counts.added()
            + ", changed "
            + counts.replaced()
            + ", as before "
            + counts.unchanged()
            + ")");
    some(
        text,
        counts.refused(),
        "of them refused; SELECT source_key, message FROM picklift_companion_refused WHERE name = '"
            + name
            + "'");
    some(text, counts.deleted(), "gone from the source, deleted from " + name);
    some(text, counts.changed(), "added or changed while they were copied: left to the next run");
    some(
        text,
        counts.heldBack(),
        "gone from the source, but still in " + name + (run.isBackfill() ? "" : ": run backfill"));
  }

  private static String share(RunSummary run) {
    return " (new "
        + run.added()
        + ", changed "
        + run.replaced()
        + ", as before "
        + run.unchanged()
        + ")";
  }

  private static String next(RunSummary run, String backfill) {
    return run.isBackfill() ? backfill : "run backfill";
  }

  private static void some(StringBuilder text, long count, String what) {
    if (count != 0) {
      line(text, count, what);
    }
  }

  private static void line(StringBuilder text, long count, String what) {
    text.append(String.format(Locale.ROOT, "%,10d  %s%n", count, what));
  }

  private static void quarantine(StringBuilder text, RunSummary run) {
    int shown = 0;
    for (RunSummary.QuarantinedSave save : run.quarantine()) {
      if (shown++ == MOST_SHOWN) {
        text.append("... and more: SELECT * FROM picklift_quarantine\n");
        break;
      }
      text.append("quarantined ").append(SafeText.line(save.key())).append(": ");
      text.append(save.refusal().line()).append('\n');
    }
  }
}
