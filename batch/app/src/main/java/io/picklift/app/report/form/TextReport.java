package io.picklift.app.report.form;

import io.picklift.app.report.CauseSummary;
import io.picklift.app.report.CompanionTotals;
import io.picklift.app.report.OutcomeTotals;
import io.picklift.app.report.ReportModel;
import io.picklift.app.report.ValueDisclosure;
import io.picklift.app.report.VerdictSentence;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.view.SafeText;
import java.util.Locale;
import java.util.Map;

/** A verification's result as the command prints it. */
public final class TextReport {
  private static final int MOST_CAUSES = 20;
  private static final int MOST_KEYS = 5;

  private TextReport() {}

  /** The totals, and the findings by cause. */
  public static String of(VerifyReport report, ValueDisclosure values) {
    ReportModel model = report.model();
    StringBuilder text = new StringBuilder();
    OutcomeTotals totals = model.totals();
    line(text, totals.rows(), totals.rows() == 1 ? "row" : "rows");
    line(text, totals.equal(), "equal: the target gives the BLOB back, byte for byte");
    line(text, totals.quarantined(), "quarantined");
    for (Map.Entry<String, Long> reason : model.quarantined().entrySet()) {
      text.append(String.format(Locale.ROOT, "%,13d  %s%n", reason.getValue(), reason.getKey()));
    }
    line(text, totals.changedSince(), "changed in the source since they were migrated");
    line(text, totals.notMigrated(), "not migrated yet: run backfill");
    line(text, totals.different(), "different between source and target");
    if (totals.notProven() > 0) {
      line(
          text,
          totals.notProven(),
          "not proven, for lack of memory: run verify with a larger -Xmx");
    }
    if (totals.owned() > 0) {
      line(text, totals.owned(), "edited in the tables, which own them");
    }
    if (totals.gone() > 0) {
      line(text, totals.gone(), "more in the target, gone from the source");
    }
    line(text, totals.disagreeing(), "with a copy in the source that disagrees with the BLOB");
    for (CompanionTotals companion : model.companions()) {
      line(
          text,
          companion.rows(),
          "rows of companion "
              + SafeText.line(companion.name())
              + ": "
              + VerdictSentence.number(companion.equal())
              + " equal in the target");
    }
    ReportModel.Comparison comparison = model.comparison();
    if (comparison != null) {
      line(text, comparison.fresh(), "new since the previous report");
      line(text, comparison.fixed(), "fixed since the previous report");
    }
    int shown = 0;
    for (CauseSummary cause : model.causes()) {
      if (shown++ == MOST_CAUSES) {
        long more = (long) model.causes().size() - MOST_CAUSES;
        text.append("and ").append(VerdictSentence.count(more, "more cause"));
        text.append("; the report has them\n");
        break;
      }
      cause(text, cause, values);
    }
    report.told().forEach(sentence -> text.append(sentence).append('\n'));
    return text.append(model.sentence()).append('\n').toString();
  }

  private static void cause(StringBuilder text, CauseSummary summary, ValueDisclosure values) {
    text.append(summary.amount()).append(": ");
    text.append(SafeText.line(summary.cause().title()));
    text.append(summary.isAccepted() ? " (accepted)" : "").append('\n');
    if (!summary.note().isEmpty()) {
      text.append("    ").append(SafeText.line(summary.note())).append('\n');
    }
    String key = summary.keys().get(0);
    text.append("    ").append(SafeText.line(key + ": " + summary.example().message(values)));
    text.append('\n');
    if (summary.saves() > 1) {
      int keys = Math.min(MOST_KEYS, summary.keys().size());
      text.append("    also ");
      text.append(SafeText.line(String.join(", ", summary.keys().subList(1, keys))));
      long more = summary.saves() - keys;
      text.append(more > 0 ? " and " + VerdictSentence.number(more) + " more" : "").append('\n');
    }
    if (!summary.isAccepted()) {
      text.append("    ").append(summary.cause().advice()).append('\n');
      text.append("    One case: ").append(SafeText.line(summary.command())).append('\n');
    }
  }

  private static void line(StringBuilder text, long count, String what) {
    text.append(String.format(Locale.ROOT, "%,10d  %s%n", count, what));
  }
}
