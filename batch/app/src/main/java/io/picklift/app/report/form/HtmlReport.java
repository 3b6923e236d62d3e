package io.picklift.app.report.form;

import io.picklift.app.report.CauseSummary;
import io.picklift.app.report.OutcomeTotals;
import io.picklift.app.report.ReportModel;
import io.picklift.app.report.ValueDisclosure;
import io.picklift.app.report.VerdictSentence;
import io.picklift.app.view.SafeText;
import io.picklift.schema.page.Page;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes {@code report.html}: one page that needs nothing else, for people. The findings are in it
 * compressed, and are drawn as they come into sight.
 */
final class HtmlReport {
  private static final int MOST_CAUSES = 300;

  private final ReportModel report;
  private final ValueDisclosure values;
  private final SourceLines lines;

  private HtmlReport(ReportModel report, ValueDisclosure values, SourceLines lines) {
    this.lines = lines;
    this.report = report;
    this.values = values;
  }

  static void write(ReportModel report, ValueDisclosure values, SourceLines lines, OutputStream out)
      throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    Page.of("report.mustache", "report.js")
        .write(new HtmlReport(report, values, lines).content(), writer);
    writer.flush();
  }

  private Map<String, Object> content() throws IOException {
    Map<String, Object> page = new HashMap<>();
    page.put("source", SafeText.line(report.source()));
    page.put("target", report.target());
    page.put("began", report.began().truncatedTo(ChronoUnit.SECONDS).toString());
    page.put("seconds", String.format(Locale.ROOT, "%.1f", report.seconds()));
    page.put("verdict", capital(report.verdict().label()));
    page.put("sentence", report.sentence().substring(report.sentence().indexOf(':') + 2));
    page.put(
        "grade",
        switch (report.verdict()) {
          case PROVEN -> "ok";
          case PROVEN_WITH_EXCEPTIONS -> "mid";
          case NOT_PROVEN -> "bad";
        });
    ReportModel.Comparison comparison = report.comparison();
    page.put("comparison", comparison == null ? false : compared(comparison));
    page.put("totals", totals());
    page.put("hasQuarantined", !report.quarantined().isEmpty());
    page.put("quarantined", counts(report.quarantined()));
    page.put("hasCauses", !report.causes().isEmpty());
    page.put("causes", causes());
    page.put("moreCauses", orFalse(Math.max(0, report.causes().size() - MOST_CAUSES)));
    page.put("notListed", orFalse(report.savesNotListed()));
    page.put("proof", report.proof());
    page.put("hasFacts", report.facts().isKnown());
    FactCharts facts = new FactCharts(report.facts());
    page.put("charts", facts.charts());
    page.put("columns", facts.columns());
    page.put("hasColumns", !report.facts().columns().isEmpty());
    rates(page);
    List<Map<String, Object>> about = new ArrayList<>();
    report.about().forEach((name, value) -> about.add(Map.of("name", name, "value", value)));
    page.put("about", about);
    page.put("digest", report.digest());
    page.put("data", report.causes().isEmpty() ? "" : HtmlRows.packed(report, values, lines));
    return page;
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /** A number that is shown unless it is 0. */
  private static Object orFalse(long number) {
    return number == 0 ? (Object) false : VerdictSentence.number(number);
  }

  private static Map<String, Object> compared(ReportModel.Comparison comparison) {
    return Map.of(
        "fresh", VerdictSentence.number(comparison.fresh()),
        "known", VerdictSentence.number(comparison.known()),
        "fixed", VerdictSentence.number(comparison.fixed()));
  }

  private List<Map<String, Object>> totals() {
    OutcomeTotals totals = report.totals();
    List<Map<String, Object>> tiles = new ArrayList<>();
    tile(tiles, "rows", totals.rows());
    tile(tiles, "equal, byte for byte", totals.equal());
    tile(tiles, "quarantined", totals.quarantined());
    tile(tiles, "changed since", totals.changedSince());
    tile(tiles, "not migrated", totals.notMigrated());
    tile(tiles, "different", totals.different());
    if (totals.notProven() > 0) {
      tile(tiles, "not proven, for lack of memory", totals.notProven());
    }
    if (totals.owned() > 0) {
      tile(tiles, "edited in the tables, which own them", totals.owned());
    }
    tile(tiles, "gone from the source", totals.gone());
    tile(tiles, "with a copy that disagrees", totals.disagreeing());
    tile(tiles, "findings", totals.findings());
    tile(tiles, "of them accepted", totals.accepted());
    return tiles;
  }

  private static void tile(List<Map<String, Object>> tiles, String name, long number) {
    tiles.add(Map.of("name", name, "number", VerdictSentence.number(number)));
  }

  private static List<Map<String, Object>> counts(Map<String, Long> counts) {
    List<Map<String, Object>> rows = new ArrayList<>();
    counts.forEach(
        (name, count) -> rows.add(Map.of("name", name, "number", VerdictSentence.number(count))));
    return rows;
  }

  private List<Map<String, Object>> causes() {
    List<Map<String, Object>> causes = new ArrayList<>();
    for (CauseSummary summary : report.causes()) {
      if (causes.size() == MOST_CAUSES) {
        break;
      }
      Map<String, Object> cause = new HashMap<>();
      cause.put("index", causes.size());
      cause.put("saves", summary.amount());
      cause.put("title", SafeText.line(summary.cause().title()));
      cause.put("accepted", summary.isAccepted());
      cause.put("open", causes.size() < 3 && !summary.isAccepted());
      cause.put("fresh", orFalse(summary.fresh()));
      String key = summary.keys().get(0);
      cause.put("example", SafeText.line(key + ": " + summary.example().message(values)));
      cause.put("keys", summary.keys().stream().map(SafeText::line).toList());
      cause.put("more", orFalse(summary.moreSaves()));
      cause.put("note", summary.note().isEmpty() ? (Object) false : summary.note());
      cause.put("advice", summary.cause().advice());
      cause.put("command", SafeText.line(summary.command()));
      causes.add(cause);
    }
    return causes;
  }

  private void rates(Map<String, Object> page) {
    List<Long> spans = report.throughput();
    long most = Math.max(1, spans.stream().mapToLong(Long::longValue).max().orElse(0));
    List<Map<String, Object>> bars = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      double height = 95.0 * spans.get(i) / most;
      bars.add(
          Map.of(
              "x", i,
              "y", String.format(Locale.ROOT, "%.1f", 100 - height),
              "height", String.format(Locale.ROOT, "%.1f", height)));
    }
    page.put("hasRates", spans.size() > 1);
    page.put("rates", bars);
    page.put("width", spans.size());
    page.put("most", VerdictSentence.number(most / report.secondsASpan()));
  }
}
