package io.picklift.app.report.form;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.picklift.app.report.Cause;
import io.picklift.app.report.CauseSummary;
import io.picklift.app.report.Finding;
import io.picklift.app.report.ReportModel;
import io.picklift.app.report.ReportedSave;
import io.picklift.app.report.ValueDisclosure;
import io.picklift.app.view.SafeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** The findings as the page's script reads them: JSON, compressed, in base64. */
final class HtmlRows {
  private HtmlRows() {}

  static String packed(ReportModel report, ValueDisclosure values, SourceLines lines)
      throws IOException {
    Map<Cause, Integer> causes = new LinkedHashMap<>();
    Set<String> kinds = new LinkedHashSet<>();
    for (CauseSummary summary : report.causes()) {
      causes.put(summary.cause(), causes.size());
      kinds.add(summary.cause().kind().label());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(new GZIPOutputStream(out))) {
      json.writeStartObject();
      json.writeArrayFieldStart("causes");
      for (Cause cause : causes.keySet()) {
        json.writeString(SafeText.line(cause.title()));
      }
      json.writeEndArray();
      json.writeArrayFieldStart("kindOf");
      for (Cause cause : causes.keySet()) {
        json.writeString(cause.kind().label());
      }
      json.writeEndArray();
      json.writeArrayFieldStart("tableOf");
      for (Cause cause : causes.keySet()) {
        json.writeString(SafeText.line(lines.table(cause)));
      }
      json.writeEndArray();
      json.writeArrayFieldStart("kinds");
      for (String kind : kinds) {
        json.writeString(kind);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("rows");
      for (ReportedSave save : report.saves()) {
        for (ReportedSave.ReportedFinding finding : save.findings()) {
          row(json, save, finding, causes, values);
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return Base64.getEncoder().encodeToString(out.toByteArray());
  }

  private static void row(
      JsonGenerator json,
      ReportedSave save,
      ReportedSave.ReportedFinding reported,
      Map<Cause, Integer> causes,
      ValueDisclosure values)
      throws IOException {
    Finding finding = reported.finding();
    json.writeStartArray();
    json.writeString(SafeText.line(save.key()));
    json.writeString(save.status().label());
    json.writeNumber(causes.getOrDefault(Cause.of(finding), -1));
    json.writeString(SafeText.line(finding.path()));
    json.writeString(SafeText.line(finding.message(values)));
    int open = reported.isNew() ? 2 : 0;
    json.writeNumber(reported.accepted().isEmpty() ? open : 1);
    json.writeString(reported.fingerprint());
    json.writeEndArray();
  }
}
