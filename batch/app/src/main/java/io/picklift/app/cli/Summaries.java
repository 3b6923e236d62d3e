package io.picklift.app.cli;

import io.picklift.app.report.Finding;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.target.RunCounts;
import io.picklift.app.target.RunSummary;
import io.picklift.app.view.Shown;
import java.util.Locale;

/** What a job did, for people. */
public final class Summaries {
  private static final int MOST_SHOWN = 20;
  private static final int MOST_FINDINGS = 50;

  private Summaries() {}

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
    line(text, run.values().all(), "values, of which");
    line(text, run.values().inTables(), "are in the tables, and the rest in the residue");
    line(text, run.values().unfit(), "did not fit their column");
    RunCounts counts = run.counts();
    some(text, run.deleted(), "gone from the source, deleted from the target");
    some(text, counts.outOfScope(), "in the target that 'where' leaves out now, kept as they are");
    some(
        text,
        counts.changed(),
        "came or changed after this run had read them: " + next(run, "are for the next run"));
    some(
        text,
        counts.heldBack(),
        "gone from the source, and still in the target"
            + (run.isBackfill() ? "" : ": run backfill"));
    some(
        text,
        counts.unexplained(),
        "went from the source while the closing pass looked: " + next(run, "are for the next run"));
    run.notes().forEach(line -> text.append(line).append('\n'));
    quarantine(text, run);
    run.columnsNeverFound().forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** The summary of {@code verify}. */
  public static String of(VerifyReport report) {
    StringBuilder text = new StringBuilder();
    line(text, report.rows(), "rows");
    line(text, report.equal(), "equal: the target gives the BLOB back, byte for byte");
    line(text, report.quarantined(), "quarantined");
    report
        .quarantinedByReason()
        .forEach(
            (reason, count) ->
                text.append(String.format(Locale.ROOT, "%13d  %s%n", count, reason)));
    line(text, report.different(), "different between source and target");
    line(text, report.disagreeing(), "with a copy in the source that disagrees with the BLOB");
    int shown = 0;
    for (SaveResult result : report.results()) {
      for (Finding finding : result.findings()) {
        if (shown++ == MOST_FINDINGS) {
          return text.append("... and more; they stand in the report\n").toString();
        }
        text.append(Shown.line(result.key() + ": " + finding.message())).append('\n');
      }
    }
    return text.toString();
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
      text.append("quarantined ").append(Shown.line(save.key())).append(": ");
      text.append(save.refusal().line()).append('\n');
    }
  }
}
