package io.picklift.app.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes {@code report.html}: one page that needs nothing else, for people. */
final class HtmlReport {
  private static final int MOST_ROWS = 2_000;

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>picklift verify</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #222 }
      h1 { font-size: 1.5rem; margin-bottom: .2rem } h2 { font-size: 1.15rem; margin-top: 2rem }
      .about { color: #666; margin-top: 0 } .ok { color: #1a7f37 } .bad { color: #b42318 }
      table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .3rem .6rem; vertical-align: top }
      tr { border-bottom: 1px solid #e5e5e5 } td.n { text-align: right; font-variant-numeric: tabular-nums; width: 6rem }
      code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere }
      </style></head><body>
      """;

  private HtmlReport() {}

  static void write(VerifyReport report, Path file) throws IOException {
    StringBuilder html = new StringBuilder(HEAD);
    html.append("<h1>").append(escape(report.source())).append(": ");
    html.append(
        report.isClean()
            ? "<span class=ok>every save comes back byte for byte</span>"
            : "<span class=bad>there is something to look at</span>");
    html.append("</h1>\n<p class=about>against <code>").append(escape(report.target()));
    html.append("</code>, ").append(report.began()).append("</p>\n");
    totals(html, report);
    counts(html, "Quarantined, by reason", report.quarantinedByReason());
    counts(html, "Findings, by kind", report.findings());
    results(html, report);
    html.append("</body></html>\n");
    Files.writeString(file, html, StandardCharsets.UTF_8);
  }

  private static void totals(StringBuilder html, VerifyReport report) {
    html.append("<table>");
    row(html, report.rows(), "rows");
    row(html, report.equal(), "equal: the target gives the BLOB back, byte for byte");
    row(html, report.quarantined(), "quarantined");
    row(html, report.different(), "different between source and target");
    row(html, report.disagreeing(), "with a copy in the source that disagrees with the BLOB");
    html.append("</table>\n");
  }

  private static void counts(StringBuilder html, String title, Map<String, Long> counts) {
    if (!counts.isEmpty()) {
      html.append("<h2>").append(title).append("</h2><table>");
      counts.forEach((name, count) -> row(html, count, name));
      html.append("</table>\n");
    }
  }

  private static void row(StringBuilder html, long count, String what) {
    html.append("<tr><td class=n>")
        .append(count)
        .append("<td>")
        .append(escape(what))
        .append("</tr>");
  }

  private static void results(StringBuilder html, VerifyReport report) {
    if (report.results().isEmpty()) {
      return;
    }
    html.append("<h2>Saves</h2><table><tr><th>Key<th>Status<th>What</tr>\n");
    int shown = 0;
    for (SaveResult result : report.results()) {
      if (shown++ == MOST_ROWS) {
        html.append("<tr><td colspan=3>And more; all that are listed stand in report.json.</tr>");
        break;
      }
      html.append("<tr><td><code>").append(escape(result.key())).append("</code><td>");
      html.append(result.status().label());
      html.append(result.reason().isEmpty() ? "" : ": " + escape(result.reason())).append("<td>");
      for (Finding finding : result.findings()) {
        html.append("<code>").append(escape(finding.message())).append("</code><br>");
      }
      html.append("</tr>\n");
    }
    html.append("</table>\n");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
