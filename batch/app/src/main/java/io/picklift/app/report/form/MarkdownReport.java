package io.picklift.app.report.form;

import io.picklift.app.report.CauseSummary;
import io.picklift.app.report.OutcomeTotals;
import io.picklift.app.report.ReportModel;
import io.picklift.app.report.ValueDisclosure;
import io.picklift.app.report.VerdictSentence;
import io.picklift.app.view.SafeText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes {@code summary.md}. */
final class MarkdownReport {
  private static final int MOST_CAUSES = 200;
  private static final int MOST_KEYS = 5;

  private MarkdownReport() {}

  /**
   * The report, its most frequent causes first.
   *
   * @param most how many bytes the causes may take it to
   */
  static String of(ReportModel report, ValueDisclosure values, long most) {
    StringBuilder text = new StringBuilder();
    text.append("## picklift verify: ").append(code(report.source())).append("\n\n");
    text.append("**").append(report.sentence()).append("**\n\n");
    totals(text, report.totals());
    ReportModel.Comparison comparison = report.comparison();
    if (comparison != null) {
      text.append("Against the previous report: ").append(comparison.fresh()).append(" new, ");
      text.append(comparison.known()).append(" known, ");
      text.append(comparison.fixed()).append(" fixed.\n\n");
    }
    int shown = 0;
    for (CauseSummary cause : report.causes()) {
      String section = cause(cause, values);
      int bytes = text.toString().getBytes(StandardCharsets.UTF_8).length;
      if (shown == MOST_CAUSES || bytes + section.getBytes(StandardCharsets.UTF_8).length > most) {
        text.append("And ")
            .append(VerdictSentence.count(report.causes().size() - shown, "more cause"));
        text.append("; report.json has them.\n\n");
        break;
      }
      text.append(section);
      shown++;
    }
    report.proof().forEach(sentence -> text.append("- ").append(sentence).append('\n'));
    text.append("- against ").append(code(report.target()));
    text.append(", in ").append(String.format(Locale.ROOT, "%.1f", report.seconds()));
    text.append(" s\n");
    return text.toString();
  }

  private static void totals(StringBuilder text, OutcomeTotals totals) {
    text.append("| rows | equal | quarantined | changed since | not migrated | different |\n");
    text.append("| ---: | ---: | ---: | ---: | ---: | ---: |\n");
    text.append("| ").append(VerdictSentence.number(totals.rows()));
    text.append(" | ").append(VerdictSentence.number(totals.equal()));
    text.append(" | ").append(VerdictSentence.number(totals.quarantined()));
    text.append(" | ").append(VerdictSentence.number(totals.changedSince()));
    text.append(" | ").append(VerdictSentence.number(totals.notMigrated()));
    text.append(" | ").append(VerdictSentence.number(totals.different())).append(" |\n\n");
    if (totals.notProven() > 0) {
      text.append(VerdictSentence.count(totals.notProven(), "row"))
          .append(" not proven, for lack of memory.\n\n");
    }
    if (totals.owned() > 0) {
      text.append(VerdictSentence.count(totals.owned(), "row"))
          .append(" edited in the tables, which own them.\n\n");
    }
    if (totals.gone() > 0) {
      text.append(VerdictSentence.count(totals.gone(), "save"))
          .append(" of the target gone from the source.\n\n");
    }
  }

  private static String cause(CauseSummary summary, ValueDisclosure values) {
    StringBuilder text = new StringBuilder("### ");
    text.append(summary.amount()).append(": ");
    text.append(escaped(summary.cause().title()));
    text.append(summary.isAccepted() ? " (accepted)" : "").append("\n\n");
    text.append(code(summary.keys().get(0) + ": " + summary.example().message(values)));
    text.append("\n\n");
    if (summary.saves() > 1) {
      int shown = Math.min(MOST_KEYS, summary.keys().size());
      text.append("Keys: ");
      for (int i = 0; i < shown; i++) {
        text.append(i == 0 ? "" : ", ").append(code(summary.keys().get(i)));
      }
      long more = summary.saves() - shown;
      text.append(more > 0 ? " and " + VerdictSentence.number(more) + " more" : "").append("\n\n");
    }
    if (!summary.note().isEmpty()) {
      text.append(escaped(summary.note())).append("\n\n");
    }
    if (!summary.isAccepted()) {
      text.append(escaped(summary.cause().advice())).append(" One case: ");
      text.append(code(summary.command())).append("\n\n");
    }
    return text.toString();
  }

  /** A span of code, with as many backticks around as it takes. */
  private static String code(String text) {
    String line = SafeText.line(text);
    String fence = "`";
    while (line.contains(fence)) {
      fence += "`";
    }
    boolean isPadded = fence.length() > 1 || line.isEmpty();
    return isPadded ? fence + " " + line + " " + fence : fence + line + fence;
  }

  /** Text in which nothing is markup. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    SafeText.line(text)
        .codePoints()
        .forEach(
            c -> {
              if ("\\`*_{}[]<>#|!&~".indexOf(c) >= 0) {
                escaped.append('\\');
              }
              escaped.appendCodePoint(c);
            });
    return escaped.toString();
  }
}
