package io.picklift.app.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes {@code junit.xml}: a test case for each save with something to say, and one for all that
 * are equal. A quarantined save is a skipped test, a difference or a disagreement a failed one.
 */
final class JunitReport {
  private JunitReport() {}

  static void write(VerifyReport report, Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      suite(report, xml);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static void suite(VerifyReport report, XMLStreamWriter xml) throws XMLStreamException {
    int cases = 1;
    int failures = 0;
    int skipped = 0;
    for (SaveResult result : report.results()) {
      cases++;
      failures += result.findings().isEmpty() ? 0 : 1;
      skipped += isSkipped(result) ? 1 : 0;
    }
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", "picklift verify " + report.source());
    xml.writeAttribute("tests", Integer.toString(cases));
    xml.writeAttribute("failures", Integer.toString(failures));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", Integer.toString(skipped));
    xml.writeAttribute("timestamp", report.began().toString());
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", report.source());
    xml.writeAttribute(
        "name", report.equal() + " of " + report.rows() + " saves come back byte for byte");
    xml.writeEndElement();
    for (SaveResult result : report.results()) {
      testCase(report, result, xml);
    }
    xml.writeEndElement();
  }

  private static boolean isSkipped(SaveResult result) {
    return result.status() == SaveResult.Status.QUARANTINED && result.findings().isEmpty();
  }

  private static void testCase(VerifyReport report, SaveResult result, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", report.source());
    xml.writeAttribute("name", clean(result.key()));
    if (isSkipped(result)) {
      xml.writeStartElement("skipped");
      xml.writeAttribute("message", "quarantined: " + result.reason());
      xml.writeEndElement();
    } else {
      StringBuilder lines = new StringBuilder();
      result.findings().forEach(finding -> lines.append(finding.message()).append('\n'));
      xml.writeStartElement("failure");
      xml.writeAttribute("type", result.findings().get(0).kind().label());
      xml.writeAttribute("message", clean(result.findings().get(0).message()));
      xml.writeCharacters(clean(lines.toString()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
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
