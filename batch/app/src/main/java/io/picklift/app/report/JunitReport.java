package io.picklift.app.report;

import io.picklift.app.view.Shown;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes {@code junit.xml}: a test case for each save with something to say, and one for all that
 * are equal. What is accepted or quarantined is a skipped test, a difference or a disagreement a
 * failed one. Within what GitLab reads: 30 MB, 500,000 cases, no two of one name.
 */
final class JunitReport {
  private static final long MOST_BYTES = 28L << 20;
  private static final int MOST_CASES = 400_000;

  /** Of one case: Jenkins and GitLab show no more. */
  private static final int MOST_CHARACTERS = 10_000;

  private JunitReport() {}

  static void write(ReportModel report, Values values, String file, OutputStream out)
      throws IOException {
    Layout layout = new Layout(report, values);
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newDefaultFactory()
              .createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
      xml.writeStartDocument("UTF-8", "1.0");
      new Writer(report, values, file, xml).suite(layout);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getMessage(), e);
    }
  }

  /** Which saves have a case: as many as fit, the open ones first. */
  private static final class Layout {
    int cases;
    int failures;
    int skipped;

    Layout(ReportModel report, Values values) {
      long bytes = 0;
      for (ReportedSave save : report.saves()) {
        bytes += 400 + 2L * text(save, values).getBytes(StandardCharsets.UTF_8).length;
        if (cases == MOST_CASES || bytes > MOST_BYTES) {
          break;
        }
        cases++;
        failures += isFailed(save) ? 1 : 0;
        skipped += isFailed(save) ? 0 : 1;
      }
    }
  }

  private static boolean isFailed(ReportedSave save) {
    return save.findings().stream()
        .anyMatch(it -> it.accepted().isEmpty() && it.finding().kind() != Finding.Kind.QUARANTINED);
  }

  private static String text(ReportedSave save, Values values) {
    StringBuilder lines = new StringBuilder();
    for (ReportedSave.ReportedFinding reported : save.findings()) {
      if (lines.length() > MOST_CHARACTERS) {
        return lines.append("... and more\n").toString();
      }
      lines.append(Shown.line(reported.finding().message(values)));
      if (!reported.accepted().isEmpty()) {
        lines.append(" (accepted: ").append(Shown.line(reported.accepted())).append(')');
      }
      lines.append('\n');
    }
    return lines.toString();
  }

  private record Writer(ReportModel report, Values values, String file, XMLStreamWriter xml) {
    void suite(Layout layout) throws XMLStreamException {
      xml.writeStartElement("testsuite");
      attribute("name", "picklift verify " + report.source());
      attribute("tests", Integer.toString(layout.cases + 1));
      attribute("failures", Integer.toString(layout.failures));
      attribute("errors", "0");
      attribute("skipped", Integer.toString(layout.skipped));
      attribute("timestamp", report.began().toString());
      attribute("time", String.format(Locale.ROOT, "%.3f", report.seconds()));
      xml.writeCharacters("\n");
      start(
          report.totals().equal()
              + " of "
              + report.totals().rows()
              + " saves come back byte for byte");
      long left = report.saves().size() - layout.cases + report.savesNotListed();
      if (left > 0) {
        xml.writeStartElement("system-out");
        xml.writeCharacters(
            left + " more saves with findings stand in report.json or are only counted");
        xml.writeEndElement();
      }
      xml.writeEndElement();
      xml.writeCharacters("\n");
      Set<String> names = new HashSet<>();
      for (ReportedSave save : report.saves().subList(0, layout.cases)) {
        testCase(save, names);
      }
      xml.writeEndElement();
    }

    private void start(String name) throws XMLStreamException {
      xml.writeStartElement("testcase");
      attribute("classname", report.source());
      attribute("name", name);
      attribute("file", file);
      attribute("time", "0");
    }

    private void testCase(ReportedSave save, Set<String> names) throws XMLStreamException {
      String name = Shown.line(save.key());
      for (int i = 2; !names.add(name); i++) {
        name = Shown.line(save.key()) + " (" + i + ")";
      }
      start(name);
      if (isFailed(save)) {
        List<Finding> open =
            save.findings().stream()
                .filter(it -> it.accepted().isEmpty())
                .map(ReportedSave.ReportedFinding::finding)
                .toList();
        xml.writeStartElement("failure");
        attribute("type", open.get(0).kind().label());
        attribute("message", Shown.line(open.get(0).message(values)));
        xml.writeCharacters(clean(text(save, values)));
      } else {
        boolean isQuarantined = save.status() == SaveResult.Status.QUARANTINED;
        xml.writeStartElement("skipped");
        attribute(
            "message",
            isQuarantined
                ? "quarantined: " + save.reason()
                : "accepted: " + save.findings().get(0).accepted());
      }
      xml.writeEndElement();
      xml.writeEndElement();
      xml.writeCharacters("\n");
    }

    private void attribute(String name, String value) throws XMLStreamException {
      xml.writeAttribute(name, clean(value));
    }
  }

  /** XML has no place for most control characters, nor for halves of surrogate pairs. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              boolean isLegal =
                  c == '\n'
                      || c == '\t'
                      || (c >= ' ' && c < 0xd800)
                      || (c >= 0xe000 && c < 0xfffe)
                      || c >= 0x10000;
              clean.appendCodePoint(isLegal ? c : 0xfffd);
            });
    return clean.toString();
  }
}
