package io.picklift.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.picklift.app.report.Finding;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.report.form.Reports;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

@Tag("database")
final class VerifyTest {
  private static final String SAVE_ID =
      "(SELECT save_id FROM picklift_save WHERE source_key = '%s')";

  @TempDir private Path folder = Path.of("");

  @Test
  void aChangedValueIsNamedByItsPath() throws Exception {
    Game game = new Game(folder);
    game.fill(5);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.target(
          "UPDATE friend SET since = 1999 WHERE ordinal = 2 AND save_id = "
              + SAVE_ID.formatted("p0004"));
      SaveResult result = only(jobs.verify());
      assertThat(result.key()).isEqualTo("p0004");
      Finding finding = result.findings().get(0);
      assertThat(finding.kind()).isEqualTo(Finding.Kind.DIFFERS);
      assertThat(finding.path()).isEqualTo("friends[2].since");
      assertThat(finding.blob()).isEqualTo("2002");
      assertThat(finding.other()).isEqualTo("1999");
    }
  }

  @Test
  void aMissingRowIsNamedByItsPath() throws Exception {
    Game game = new Game(folder);
    game.fill(5);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.target(
          "DELETE FROM friend WHERE ordinal = 1 AND save_id = " + SAVE_ID.formatted("p0003"));
      SaveResult result = only(jobs.verify());
      assertThat(result.key()).isEqualTo("p0003");
      assertThat(result.findings().get(0).kind()).isEqualTo(Finding.Kind.NOT_RESTORABLE);
      assertThat(result.findings().get(0).path()).isEqualTo("friends[1]");
    }
  }

  @Test
  void copiesThatDisagreeAreNamed() throws Exception {
    Game game = new Game(folder);
    game.fill(2);
    game.source(
        "UPDATE saves SET name = 'Player 0', level = 0, json = '{\"name\": \"Player 0\", \"money\":"
            + " 0.0}' WHERE id = 'p0000'");
    game.source(
        "UPDATE saves SET name = 'Player 9', level = 7, json = '{\"name\": \"Player 1\", \"money\":"
            + " 2.5, \"friends\": [{\"since\": 2000, \"name\": \"X\"}]}' WHERE id = 'p0001'");
    game.configure("  columns: {name: name, level: level}\n  json: json");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      VerifyReport report = jobs.verify();
      assertThat(report.equal()).isEqualTo(2);
      SaveResult result = only(report);
      assertThat(result.findings().stream().map(Finding::message))
          .containsExactly(
              "name: \"Player 1\" in the BLOB, \"Player 9\" in column name",
              "money: 1.5 in the BLOB, 2.5 in column json",
              "friends[0].name: \"Friend 0 of 1\" in the BLOB, \"X\" in column json");
    }
  }

  @Test
  void aRowThatCannotBeReadAgainIsNotPassedOver() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    game.source("CREATE VIEW moving AS SELECT CONCAT(id, SYSDATE(6)) AS id, data FROM saves");
    game.configure("table: moving\n  key: id\n  blob: data", game.targetUrl());
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().counts().changed()).isEqualTo(3);
      VerifyReport report = jobs.verify();
      assertThat(report.rows()).isEqualTo(3);
      assertThat(report.different()).isEqualTo(3);
      assertThat(report.isClean()).isFalse();
    }
  }

  @Test
  void reportsHoldWhatTheirReadersCountOn() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    game.put("no <save>", new byte[] {1});
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.target("UPDATE player SET level = 99 WHERE save_id = " + SAVE_ID.formatted("p0002"));
      Reports.write(jobs.verify(), folder.resolve("report"));
    }
    JsonNode json = new ObjectMapper().readTree(folder.resolve("report/report.json").toFile());
    assertThat(json.get("version").asInt()).isEqualTo(2);
    assertThat(json.get("clean").asBoolean()).isFalse();
    assertThat(json.get("totals").toString())
        .isEqualTo(
            "{\"rows\":4,\"equal\":2,\"quarantined\":1,\"changedSince\":0,\"notMigrated\":0,\"different\":1,"
                + "\"notProven\":0,\"owned\":0,\"gone\":0,\"disagreeing\":0,\"findings\":2,\"accepted\":0}");
    assertThat(json.get("saves").get(0).get("findings").get(0).get("path").asText())
        .isEqualTo("level");
    JsonNode schema;
    try (InputStream in =
        Objects.requireNonNull(VerifyTest.class.getResourceAsStream("/report.schema.json"))) {
      schema = new ObjectMapper().readTree(in);
    }
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactlyElementsOf(texts(schema.get("required")));
    assertThat(texts(schema.at("/$defs/kind/enum")))
        .containsExactlyElementsOf(
            Arrays.stream(Finding.Kind.values()).map(Finding.Kind::label).toList());
    Element suite =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("report/junit.xml").toFile())
            .getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("3");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(3);
    assertThat(Files.readString(folder.resolve("report/report.html"))).contains("no &lt;save&gt;");
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static SaveResult only(VerifyReport report) {
    List<SaveResult> results = report.results();
    assertThat(results).hasSize(1);
    return results.get(0);
  }
}
