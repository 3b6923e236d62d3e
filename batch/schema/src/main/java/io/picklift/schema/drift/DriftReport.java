package io.picklift.schema.drift;

import io.picklift.schema.text.Html;
import java.util.List;
import java.util.Locale;

/** What changed in the saves since a mapping was made. */
public final class DriftReport {
  private final List<Finding> findings;
  private final int places;

  /** What sort of change. */
  public enum Kind {
    /** Something that was not there. */
    NEW,
    /** Something that is there no more. */
    GONE,
    /** Values of a type that were not there. */
    TYPE,
    /** Values that have outgrown their column. */
    SIZE
  }

  /**
   * One change.
   *
   * @param path the class and attribute, or the table and column
   * @param message what changed, for people
   */
  public record Finding(Kind kind, String path, String message) {}

  DriftReport(List<Finding> findings, int places) {
    this.findings = List.copyOf(findings);
    this.places = places;
  }

  public List<Finding> findings() {
    return findings;
  }

  public boolean isEmpty() {
    return findings.isEmpty();
  }

  /** A line for each change, and one for all. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      text.append(
          String.format(
              Locale.ROOT,
              "drift: %-4s  %s: %s%n",
              finding.kind().name().toLowerCase(Locale.ROOT),
              finding.path(),
              finding.message()));
    }
    text.append(
        String.format(
            Locale.ROOT, "%,10d  changes in %,d attributes compared%n", findings.size(), places));
    return text.toString();
  }

  /** The same in JUnit's XML: a failed test for each change, or one that passed. */
  public String junit() {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append(
        String.format(
            Locale.ROOT,
            "<testsuite name=\"picklift drift\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\">\n",
            Math.max(1, findings.size()),
            findings.size()));
    if (findings.isEmpty()) {
      xml.append("  <testcase classname=\"drift\" name=\"no change\"/>\n");
    }
    for (Finding finding : findings) {
      String kind = finding.kind().name().toLowerCase(Locale.ROOT);
      xml.append("  <testcase classname=\"drift.").append(kind).append("\" name=\"");
      xml.append(Html.escape(finding.path())).append("\">\n    <failure message=\"");
      xml.append(Html.escape(finding.message())).append("\" type=\"").append(kind);
      xml.append("\"/>\n  </testcase>\n");
    }
    return xml.append("</testsuite>\n").toString();
  }
}
