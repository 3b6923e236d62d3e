package io.picklift.app.report.form;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.picklift.app.report.Cause;
import io.picklift.app.report.CauseSummary;
import io.picklift.app.report.CompanionTotals;
import io.picklift.app.report.Finding;
import io.picklift.app.report.OutcomeTotals;
import io.picklift.app.report.ReportModel;
import io.picklift.app.report.ReportedSave;
import io.picklift.app.report.TargetFacts;
import io.picklift.app.report.ValueDisclosure;
import io.picklift.app.report.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Writes {@code report.json}, which {@code proto/report.schema.json} describes. */
final class JsonReport {
  private JsonReport() {}

  static void write(ReportModel report, ValueDisclosure values, OutputStream out)
      throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeNumberField("version", 2);
      json.writeStringField("began", report.began().toString());
      json.writeStringField("ended", report.ended().toString());
      json.writeStringField("source", report.source());
      json.writeStringField("target", report.target());
      json.writeStringField("verdict", report.verdict().label());
      json.writeStringField("sentence", report.sentence());
      json.writeBooleanField("clean", report.verdict() != Verdict.NOT_PROVEN);
      texts(json, "about", report.about());
      json.writeArrayFieldStart("proof");
      for (String sentence : report.proof()) {
        json.writeString(sentence);
      }
      json.writeEndArray();
      totals(json, report.totals());
      counts(json, "quarantined", report.quarantined());
      counts(json, "findings", report.findings());
      comparison(json, report);
      facts(json, report);
      companions(json, report);
      json.writeArrayFieldStart("causes");
      for (CauseSummary cause : report.causes()) {
        cause(json, cause, values);
      }
      json.writeEndArray();
      json.writeStringField("values", values.toString());
      json.writeStringField("digest", report.digest());
      saves(json, report, values);
      json.writeNumberField("savesNotListed", report.savesNotListed());
      json.writeEndObject();
    }
  }

  private static void totals(JsonGenerator json, OutcomeTotals totals) throws IOException {
    json.writeObjectFieldStart("totals");
    for (Map.Entry<String, Long> total : totals.byName().entrySet()) {
      json.writeNumberField(total.getKey(), total.getValue());
    }
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String name, Map<String, String> texts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> text : texts.entrySet()) {
      json.writeStringField(text.getKey(), text.getValue());
    }
    json.writeEndObject();
  }

  private static void counts(JsonGenerator json, String name, Map<?, Long> counts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<?, Long> count : counts.entrySet()) {
      json.writeNumberField(String.valueOf(count.getKey()), count.getValue());
    }
    json.writeEndObject();
  }

  private static void comparison(JsonGenerator json, ReportModel report) throws IOException {
    ReportModel.Comparison comparison = report.comparison();
    if (comparison != null) {
      json.writeObjectFieldStart("baseline");
      json.writeStringField("report", comparison.previous());
      json.writeNumberField("new", comparison.fresh());
      json.writeNumberField("known", comparison.known());
      json.writeNumberField("fixed", comparison.fixed());
      json.writeEndObject();
    }
  }

  private static void facts(JsonGenerator json, ReportModel report) throws IOException {
    TargetFacts facts = report.facts();
    json.writeObjectFieldStart("coverage");
    json.writeNumberField("values", facts.values());
    json.writeNumberField("inColumns", facts.valuesInColumns());
    json.writeNumberField("inResidue", facts.values() - facts.valuesInColumns());
    json.writeNumberField("unfit", facts.valuesUnfit());
    counts(json, "unfitColumns", facts.unfitColumns());
    counts(json, "protocols", facts.protocols());
    counts(json, "encodings", facts.encodings());
    counts(json, "sizesBelow2ToThe", facts.sizes());
    counts(json, "tables", facts.tables());
    counts(json, "columns", facts.columns());
    counts(json, "classes", facts.classes());
    json.writeEndObject();
    json.writeObjectFieldStart("throughput");
    json.writeNumberField("seconds", report.seconds());
    json.writeNumberField("secondsASpan", report.secondsASpan());
    json.writeArrayFieldStart("rows");
    for (long rows : report.throughput()) {
      json.writeNumber(rows);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void companions(JsonGenerator json, ReportModel report) throws IOException {
    if (report.companions().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("companions");
    for (CompanionTotals totals : report.companions()) {
      json.writeStartObject();
      json.writeStringField("table", totals.name());
      json.writeNumberField("rows", totals.rows());
      json.writeNumberField("equal", totals.equal());
      json.writeNumberField("refused", totals.refused());
      json.writeNumberField("changedSince", totals.changedSince());
      json.writeNumberField("notCopied", totals.notCopied());
      json.writeNumberField("different", totals.different());
      json.writeNumberField("gone", totals.gone());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void cause(JsonGenerator json, CauseSummary summary, ValueDisclosure values)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", summary.cause().id());
    json.writeStringField("kind", summary.cause().kind().label());
    json.writeStringField("title", summary.cause().title());
    json.writeNumberField("findings", summary.findings());
    json.writeNumberField("saves", summary.saves());
    json.writeNumberField("accepted", summary.accepted());
    json.writeNumberField("new", summary.fresh());
    json.writeArrayFieldStart("keys");
    for (String key : summary.keys()) {
      json.writeString(key);
    }
    json.writeEndArray();
    json.writeNumberField("moreSaves", summary.moreSaves());
    json.writeStringField("example", summary.example().message(values));
    json.writeStringField("advice", summary.cause().advice());
    json.writeStringField("command", summary.command());
    field(json, "note", summary.note());
    json.writeEndObject();
  }

  private static void saves(JsonGenerator json, ReportModel report, ValueDisclosure values)
      throws IOException {
    json.writeArrayFieldStart("saves");
    for (ReportedSave save : report.saves()) {
      json.writeStartObject();
      json.writeStringField("key", save.key());
      json.writeStringField("status", save.status().label());
      field(json, "reason", save.reason());
      json.writeArrayFieldStart("findings");
      for (ReportedSave.ReportedFinding reported : save.findings()) {
        finding(json, reported, values);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void finding(
      JsonGenerator json, ReportedSave.ReportedFinding reported, ValueDisclosure values)
      throws IOException {
    Finding finding = reported.finding();
    json.writeStartObject();
    json.writeStringField("kind", finding.kind().label());
    json.writeStringField("cause", Cause.of(finding).id());
    field(json, "column", finding.column());
    field(json, "path", finding.path());
    field(json, "blob", values.shown(finding.blob()));
    field(json, "other", values.shown(finding.other()));
    json.writeStringField("message", finding.message(values));
    json.writeStringField("fingerprint", reported.fingerprint());
    field(json, "accepted", reported.accepted());
    if (reported.isNew()) {
      json.writeBooleanField("new", true);
    }
    json.writeEndObject();
  }

  private static void field(JsonGenerator json, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(name, value);
    }
  }
}
