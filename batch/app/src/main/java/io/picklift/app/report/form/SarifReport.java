package io.picklift.app.report.form;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.picklift.app.report.Cause;
import io.picklift.app.report.Finding;
import io.picklift.app.report.ReportModel;
import io.picklift.app.report.ReportedSave;
import io.picklift.app.report.ValueDisclosure;
import io.picklift.app.source.Sha256;
import io.picklift.app.view.SafeText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes {@code report.sarif}, version 2.1.0, for code scanning: at most 5,000 results, which is
 * what GitHub keeps. A save is no file, so each result stands at the line of mapping or
 * configuration that it is about, with the key as a logical location.
 */
final class SarifReport {
  private static final int MOST_RESULTS = 5_000;
  private static final int MOST_CHARACTERS = 1_000;

  private final ReportModel report;
  private final ValueDisclosure values;
  private final SourceLines lines;
  private final JsonGenerator json;
  private final Map<String, Integer> rules = new LinkedHashMap<>();

  private SarifReport(
      ReportModel report, ValueDisclosure values, SourceLines lines, JsonGenerator json) {
    this.report = report;
    this.values = values;
    this.lines = lines;
    this.json = json;
    for (Finding.Kind kind : Finding.Kind.values()) {
      rules.put(kind.label(), rules.size());
    }
  }

  static void write(ReportModel report, ValueDisclosure values, SourceLines lines, OutputStream out)
      throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      new SarifReport(report, values, lines, json).run();
    }
  }

  private void run() throws IOException {
    json.writeStartObject();
    json.writeStringField(
        "$schema",
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
    json.writeStringField("version", "2.1.0");
    json.writeArrayFieldStart("runs");
    json.writeStartObject();
    tool();
    json.writeArrayFieldStart("results");
    int written = 0;
    for (ReportedSave save : report.saves()) {
      for (ReportedSave.ReportedFinding finding : save.findings()) {
        if (written < MOST_RESULTS) {
          result(save.key(), finding);
          written++;
        }
      }
    }
    json.writeEndArray();
    json.writeObjectFieldStart("properties");
    json.writeStringField("verdict", report.sentence());
    json.writeNumberField("resultsNotListed", report.totals().findings() - written);
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private void tool() throws IOException {
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "picklift");
    json.writeStringField("semanticVersion", report.about().getOrDefault("picklift", "0.0.0"));
    json.writeArrayFieldStart("rules");
    for (Finding.Kind kind : Finding.Kind.values()) {
      json.writeStartObject();
      json.writeStringField("id", kind.label());
      json.writeObjectFieldStart("shortDescription");
      json.writeStringField("text", new Cause(kind, "its column", "").title());
      json.writeEndObject();
      json.writeObjectFieldStart("help");
      json.writeStringField("text", new Cause(kind, "", "").advice());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private void result(String key, ReportedSave.ReportedFinding reported) throws IOException {
    Finding finding = reported.finding();
    json.writeStartObject();
    json.writeStringField("ruleId", finding.kind().label());
    json.writeNumberField("ruleIndex", rules.getOrDefault(finding.kind().label(), 0));
    json.writeStringField("level", level(finding, reported));
    json.writeObjectFieldStart("message");
    String text = SafeText.line(key + ": " + finding.message(values));
    json.writeStringField("text", SafeText.cut(text, MOST_CHARACTERS));
    json.writeEndObject();
    location(key, finding);
    json.writeObjectFieldStart("partialFingerprints");
    json.writeStringField("pickliftFinding/v1", identity(key, finding));
    json.writeEndObject();
    if (!reported.accepted().isEmpty()) {
      json.writeArrayFieldStart("suppressions");
      json.writeStartObject();
      json.writeStringField("kind", "external");
      json.writeStringField("justification", reported.accepted());
      json.writeEndObject();
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static String level(Finding finding, ReportedSave.ReportedFinding reported) {
    if (!reported.accepted().isEmpty()) {
      return "note";
    }
    boolean isSoft = finding.kind().isAboutCopy() || finding.kind() == Finding.Kind.QUARANTINED;
    return isSoft ? "warning" : "error";
  }

  private void location(String key, Finding finding) throws IOException {
    SourceLines.Place place = lines.of(finding);
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", place.uri());
    json.writeEndObject();
    json.writeObjectFieldStart("region");
    json.writeNumberField("startLine", place.line());
    json.writeEndObject();
    json.writeEndObject();
    json.writeArrayFieldStart("logicalLocations");
    json.writeStartObject();
    json.writeStringField("name", SafeText.line(key));
    String path = finding.path().isEmpty() ? "" : "/" + finding.path();
    json.writeStringField(
        "fullyQualifiedName",
        SafeText.cut(SafeText.line(report.source() + "/" + key + path), MOST_CHARACTERS));
    json.writeStringField("kind", "member");
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  /** Without the values, which a hash of few possible ones would give away. */
  private static String identity(String key, Finding finding) {
    String text = String.join("\n", finding.kind().label(), key, finding.column(), finding.path());
    byte[] hash = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, 16);
  }
}
