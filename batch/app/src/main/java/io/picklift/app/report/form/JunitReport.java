package io.picklift.app.report.form;

import io.picklift.app.report.Finding;
import io.picklift.app.report.ReportModel;
import io.picklift.app.report.ReportedSave;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.ValueDisclosure;
import io.picklift.app.report.VerdictSentence;
import io.picklift.app.view.SafeText;
import io.picklift.schema.text.JunitXml;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes {@code junit.xml}: a test case for each save with something to say, and one for all that
 * are equal. What is accepted or quarantined is a skipped test, a difference or a disagreement a
 * failed one. Within what GitLab reads: 30 MB, 500,000 cases, no two of one name.
 */
final class JunitReport {
  private static final long MOST_BYTES = 28L << 20;
  private static final int MOST_CASES = 400_000;

  /** Of one case, beside its texts: elements and the names of attributes. */
  private static final int MARKUP = 200;

  /** Of one case: Jenkins and GitLab show no more. */
  private static final int MOST_CHARACTERS = 10_000;

  private JunitReport() {}

  static void write(ReportModel report, ValueDisclosure values, String file, OutputStream out)
      throws IOException {
    Layout layout = new Layout(report, values, file);
    JunitXml.Suite suite =
        new JunitXml.Suite(
            "picklift verify " + report.source(),
            layout.cases + 1,
            layout.failures,
            layout.skipped,
            report.began().toString(),
            report.seconds());
    try (JunitXml xml = JunitXml.start(out, suite)) {
      new Writer(report, values, file, xml).cases(layout);
    }
  }

  /** Which saves have a case: as many as fit, the open ones first. */
  private static final class Layout {
    int cases;
    int failures;
    int skipped;

    Layout(ReportModel report, ValueDisclosure values, String file) {
      long bytes = 0;
      long each = MARKUP + JunitXml.size(report.source()) + JunitXml.size(file);
      for (ReportedSave save : report.saves()) {
        bytes += each + JunitXml.size(SafeText.line(save.key())) + content(save, values);
        if (cases == MOST_CASES || bytes > MOST_BYTES) {
          break;
        }
        cases++;
        failures += isFailed(save) ? 1 : 0;
        skipped += isFailed(save) ? 0 : 1;
      }
    }
  }

  private static long content(ReportedSave save, ValueDisclosure values) {
    return isFailed(save)
        ? JunitXml.size(message(open(save), values)) + JunitXml.size(text(save, values))
        : JunitXml.size(skipped(save));
  }

  private static List<Finding> open(ReportedSave save) {
    return save.findings().stream()
        .filter(it -> it.accepted().isEmpty())
        .map(ReportedSave.ReportedFinding::finding)
        .toList();
  }

  private static String message(List<Finding> open, ValueDisclosure values) {
    return SafeText.line(open.get(0).message(values));
  }

  private static String skipped(ReportedSave save) {
    return save.status() == SaveResult.Status.QUARANTINED
        ? "quarantined: " + save.reason()
        : "accepted: " + save.findings().get(0).accepted();
  }

  private static boolean isFailed(ReportedSave save) {
    return save.findings().stream()
        .anyMatch(it -> it.accepted().isEmpty() && it.finding().kind() != Finding.Kind.QUARANTINED);
  }

  private static String text(ReportedSave save, ValueDisclosure values) {
    StringBuilder lines = new StringBuilder();
    for (ReportedSave.ReportedFinding reported : save.findings()) {
      if (lines.length() > MOST_CHARACTERS) {
        return lines.append("... and more\n").toString();
      }
      lines.append(SafeText.line(reported.finding().message(values)));
      if (!reported.accepted().isEmpty()) {
        lines.append(" (accepted: ").append(SafeText.line(reported.accepted())).append(')');
      }
      lines.append('\n');
    }
    return lines.toString();
  }

  private record Writer(ReportModel report, ValueDisclosure values, String file, JunitXml xml) {
    void cases(Layout layout) throws IOException {
      String first =
          report.totals().equal()
              + " of "
              + report.totals().rows()
              + " saves come back byte for byte";
      start(first);
      long left = report.saves().size() - layout.cases + report.savesNotListed();
      if (left > 0) {
        xml.output(
            VerdictSentence.count(left, "more save")
                + " with findings: not here, but in report.json, or only counted there");
      }
      xml.endCase();
      Set<String> names = new HashSet<>(Set.of(first));
      for (ReportedSave save : report.saves().subList(0, layout.cases)) {
        testCase(save, names);
      }
    }

    private void start(String name) throws IOException {
      xml.startCase(report.source(), name, file);
    }

    private void testCase(ReportedSave save, Set<String> names) throws IOException {
      String name = SafeText.line(save.key());
      for (int i = 2; !names.add(name); i++) {
        name = SafeText.line(save.key()) + " (" + i + ")";
      }
      start(name);
      if (isFailed(save)) {
        List<Finding> open = open(save);
        xml.failure(open.get(0).kind().label(), message(open, values), text(save, values));
      } else {
        xml.skipped(skipped(save));
      }
      xml.endCase();
    }
  }
}
