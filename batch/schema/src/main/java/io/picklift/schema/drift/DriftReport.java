package io.picklift.schema.drift;

import io.picklift.schema.text.JunitXml;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What changed in the saves since a mapping was made. */
public final class DriftReport {
  private final List<Finding> findings;
  private final List<Finding> accepted;
  private final int places;
  private final List<String> additions;

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

  DriftReport(List<Finding> findings, int places, List<String> additions) {
    this(findings, List.of(), places, additions);
  }

  private DriftReport(
      List<Finding> findings, List<Finding> accepted, int places, List<String> additions) {
    this.additions = List.copyOf(additions);
    this.findings = List.copyOf(findings);
    this.accepted = List.copyOf(accepted);
    this.places = places;
  }

  /** The same without the changes that someone accepted; they are only counted. */
  public DriftReport accepting(Predicate<Finding> isAccepted) {
    return new DriftReport(
        findings.stream().filter(isAccepted.negate()).toList(),
        findings.stream().filter(isAccepted).toList(),
        places,
        additions);
  }

  public List<Finding> findings() {
    return findings;
  }

  public boolean isEmpty() {
    return findings.isEmpty();
  }

  /** The mapping's lines and the SQL that would take in what is new. */
  public List<String> additions() {
    return additions;
  }

  /** A line for each change, and one for all; then the lines that would take in what is new. */
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
    if (!accepted.isEmpty()) {
      text.append(String.format(Locale.ROOT, "%,10d  more are accepted%n", accepted.size()));
    }
    additions.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** The same in JUnit's XML: a failed test for each change, or one that passed. */
  public String junit() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int count = findings.size();
    int skipped = accepted.size();
    int tests = Math.max(1, count + skipped);
    try (JunitXml xml =
        JunitXml.start(out, new JunitXml.Suite("picklift drift", tests, count, skipped, "", 0))) {
      if (count + skipped == 0) {
        xml.startCase("drift", "no change", "").endCase();
      }
      for (Finding finding : findings) {
        String kind = finding.kind().name().toLowerCase(Locale.ROOT);
        xml.startCase("drift." + kind, finding.path(), "")
            .failure(kind, finding.message(), "")
            .endCase();
      }
      for (Finding finding : accepted) {
        String kind = finding.kind().name().toLowerCase(Locale.ROOT);
        xml.startCase("drift." + kind, finding.path(), "")
            .skipped("accepted: " + finding.message())
            .endCase();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
