package io.picklift.app.job;

import io.picklift.app.account.LedgerReport;
import io.picklift.app.account.LedgerTotals;
import io.picklift.app.account.MissingColumns;
import io.picklift.app.account.RunCounts;
import io.picklift.app.account.RunSummary;
import io.picklift.app.config.Conflicts;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.view.SafeText;
import io.picklift.app.view.SaveCount;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What is said of a run at its end: its counts, and what there is to look at. */
final class RunEnd {
  private static final int MOST_NAMED = 5;

  private RunEnd() {}

  /** The summary of a run. */
  static RunSummary summary(
      Connection connection,
      JobEnvironment environment,
      boolean isBackfill,
      RunState state,
      LedgerTotals totals)
      throws SQLException {
    RunCounts counts = counts(state, totals);
    owned(state);
    merged(state, environment.progress());
    conflicts(state, environment.conflicts());
    String source = environment.source().name();
    LedgerReport report = new LedgerReport(connection, source);
    return new RunSummary(
        counts,
        isBackfill,
        report.quarantinedByReason(),
        report.quarantined(),
        MissingColumns.lines(
            connection, source, environment.mapped(), environment.columns().all(connection)),
        LedgerReport.values(connection, source),
        LedgerReport.notes(connection, source),
        state.companions(),
        state.notes());
  }

  /** The old application wrote what the tables own: none of it is taken over. */
  private static void owned(RunState state) {
    long written = state.last().writtenInSource.sum();
    if (written > 0) {
      state.note(
          SaveCount.of(written, "owned by the tables was", "owned by the tables were")
              + " written in the source; these writes are not"
              + " applied: "
              + String.join(
                  ", ",
                  state.last().examples().stream().map(key -> SafeText.line(key.text())).toList())
              + (written > state.last().examples().size() ? ", ..." : ""));
    }
  }

  private static void merged(RunState state, ProgressListener progress) {
    long merged = state.merged().sum();
    if (merged > 0) {
      // Nothing that anyone has to look at.
      progress.say(
          SaveCount.were(merged)
              + " changed in the source and edited in the target; the changes of both sides"
              + " are in the target now");
    }
  }

  private static void conflicts(RunState state, Conflicts mode) {
    int number = state.conflicts().size();
    if (number > 0) {
      List<String> some =
          state.conflicts().stream()
              .map(key -> SafeText.line(key.text()))
              .sorted()
              .limit(MOST_NAMED)
              .toList();
      state.note(
          SaveCount.were(number)
              + " changed in the source and edited in the target; not updated: "
              + String.join(", ", some)
              + (number > some.size() ? ", ..." : "")
              + (mode == Conflicts.MERGE
                  ? "; change one of the sides, or take only the source's with --conflicts"
                      + " take-source"
                  : "; --conflicts merge takes both where there is target.keep_base, take-source"
                      + " only the source's"));
    }
  }

  private static RunCounts counts(RunState state, LedgerTotals totals) {
    OutcomeCounts tally = state.last();
    return new RunCounts(
        tally.added.sum(),
        tally.replaced.sum(),
        tally.unchanged.sum(),
        tally.quarantined.sum(),
        tally.changed.sum(),
        tally.left.sum(),
        tally.known.sum(),
        totals.deleted() - tally.returned.sum(),
        totals.outOfScope(),
        state.heldBack().get(),
        state.owned().get(),
        totals.live() + totals.deleted(),
        totals.deletedNow());
  }
}
