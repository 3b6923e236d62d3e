package io.picklift.app.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** Writes {@code report.json}, which {@code report.schema.json} describes. */
final class JsonReport {
  private JsonReport() {}

  static void write(VerifyReport report, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeNumberField("version", 1);
      json.writeStringField("began", report.began().toString());
      json.writeStringField("ended", Instant.now().toString());
      json.writeStringField("source", report.source());
      json.writeStringField("target", report.target());
      json.writeBooleanField("clean", report.isClean());
      totals(json, report);
      counts(json, "quarantined", report.quarantinedByReason());
      counts(json, "findings", report.findings());
      json.writeArrayFieldStart("saves");
      for (SaveResult result : report.results()) {
        save(json, result);
      }
      json.writeEndArray();
      json.writeNumberField("savesNotListed", report.dropped());
      json.writeEndObject();
    }
  }

  private static void totals(JsonGenerator json, VerifyReport report) throws IOException {
    json.writeObjectFieldStart("totals");
    json.writeNumberField("rows", report.rows());
    json.writeNumberField("equal", report.equal());
    json.writeNumberField("quarantined", report.quarantined());
    json.writeNumberField("different", report.different());
    json.writeNumberField("disagreeing", report.disagreeing());
    json.writeEndObject();
  }

  private static void counts(JsonGenerator json, String name, Map<String, Long> counts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
  }

  private static void save(JsonGenerator json, SaveResult result) throws IOException {
    json.writeStartObject();
    json.writeStringField("key", result.key());
    json.writeStringField("status", result.status().label());
    if (!result.reason().isEmpty()) {
      json.writeStringField("reason", result.reason());
    }
    json.writeArrayFieldStart("findings");
    for (Finding finding : result.findings()) {
      json.writeStartObject();
      json.writeStringField("kind", finding.kind().label());
      field(json, "column", finding.column());
      field(json, "path", finding.path());
      field(json, "blob", finding.blob());
      field(json, "other", finding.other());
      json.writeStringField("message", finding.message());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void field(JsonGenerator json, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(name, value);
    }
  }
}
