package io.picklift.schema.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes JUnit's XML, as Jenkins, GitLab and others read it: one suite, its cases as they come.
 * What XML has no place for is shown as U+FFFD.
 */
public final class JunitXml implements AutoCloseable {
  private final XMLStreamWriter xml;

  private JunitXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /** What a suite says of all its cases; the time is in seconds. */
  public record Suite(
      String name, int tests, int failures, int skipped, String timestamp, double time) {}

  /** Starts the document and its suite; the stream stays the caller's. */
  public static JunitXml start(OutputStream out, Suite suite) throws IOException {
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newDefaultFactory()
              .createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
      JunitXml junit = new JunitXml(xml);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuite");
      junit.attribute("name", suite.name());
      junit.attribute("tests", Integer.toString(suite.tests()));
      junit.attribute("failures", Integer.toString(suite.failures()));
      junit.attribute("errors", "0");
      junit.attribute("skipped", Integer.toString(suite.skipped()));
      if (!suite.timestamp().isEmpty()) {
        junit.attribute("timestamp", suite.timestamp());
        junit.attribute("time", String.format(Locale.ROOT, "%.3f", suite.time()));
      }
      xml.writeCharacters("\n");
      return junit;
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  /** A case; {@code file} may be empty. {@link #endCase} ends it. */
  public JunitXml startCase(String className, String name, String file) throws IOException {
    try {
      xml.writeStartElement("testcase");
      attribute("classname", className);
      attribute("name", name);
      if (!file.isEmpty()) {
        attribute("file", file);
      }
      attribute("time", "0");
      return this;
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  public JunitXml failure(String type, String message, String text) throws IOException {
    try {
      xml.writeStartElement("failure");
      attribute("type", type);
      attribute("message", message);
      xml.writeCharacters(clean(text));
      xml.writeEndElement();
      return this;
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  public JunitXml skipped(String message) throws IOException {
    try {
      xml.writeStartElement("skipped");
      attribute("message", message);
      xml.writeEndElement();
      return this;
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  public JunitXml output(String text) throws IOException {
    try {
      xml.writeStartElement("system-out");
      xml.writeCharacters(clean(text));
      xml.writeEndElement();
      return this;
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  public void endCase() throws IOException {
    try {
      xml.writeEndElement();
      xml.writeCharacters("\n");
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  /** Ends the suite. */
  @Override
  public void close() throws IOException {
    try {
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, clean(value));
  }

  private static IOException failed(XMLStreamException e) {
    return e.getCause() instanceof IOException io ? io : new IOException(e.getMessage(), e);
  }

  /** How many bytes a text takes at most, as an attribute or as a case's own. */
  public static long size(String text) {
    return text.codePoints()
        .mapToLong(
            c ->
                switch (c) {
                  case '&', '<', '>', '"', '\n', '\t' -> 6;
                  default -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
                })
        .sum();
  }

  /** XML has no place for most control characters, nor for halves of surrogate pairs. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().forEach(c -> clean.appendCodePoint(isLegal(c) ? c : 0xfffd));
    return clean.toString();
  }

  private static boolean isLegal(int c) {
    return c == '\n'
        || c == '\t'
        || (c >= ' ' && c < 0xd800)
        || (c >= 0xe000 && c < 0xfffe)
        || c >= 0x10000;
  }
}
