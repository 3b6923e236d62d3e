package io.picklift.app.report.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.picklift.app.accept.AcceptList;
import io.picklift.app.report.CopyDifference;
import io.picklift.app.report.EarlierFindings;
import io.picklift.app.report.Finding;
import io.picklift.app.report.ReportModel;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.SaveResult.Status;
import io.picklift.app.report.ValueDisclosure;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.view.SafeText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Five forms of one report. */
public final class ReportsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  /** Nothing of it may become markup, a line of its own or an escape sequence. */
  private static final String HOSTILE = "<script>`k`|\u001b[2J\n\u0000\ud800& \"'";

  public static SaveResult different(String key, String path, String blob, String tables) {
    return new SaveResult(
        key, Status.DIFFERENT, "", List.of(Finding.differs(path, blob, tables, "")));
  }

  private static VerifyReport report() {
    VerifyReport report = new VerifyReport("saves", "jdbc:mysql://h/t");
    report.about("picklift", "1.0.0");
    report.proof("All rows were looked at.");
    report.add(new SaveResult("p1", Status.EQUAL, "", List.of()));
    report.add(different("p2", "orders[0].total", "float 147.59", "float 148.59"));
    report.add(different("p3", "orders[7].total", "float 1.5", "float 2.5"));
    report.add(different(HOSTILE, "note", "str \"<b>\"", "str \"" + HOSTILE + "\""));
    report.add(
        new SaveResult(
            "q1",
            Status.QUARANTINED,
            "truncated",
            List.of(Finding.quarantined("truncated", "ab".repeat(32)))));
    report.add(
        new SaveResult(
            "c1",
            Status.EQUAL,
            "",
            List.of(
                Finding.copyDiffers(
                    new CopyDifference("ageYears", "c.ageYears", "41", "\"40\"", "")))));
    return report;
  }

  private JsonNode json(String name) throws IOException {
    return JSON.readTree(folder.resolve(name).toFile());
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
  }

  /** The rows that the page's script reads. */
  private JsonNode htmlRows() throws IOException {
    Matcher data = Pattern.compile("id=\"data\">([^<]*)<").matcher(text("report.html"));
    assertThat(data.find()).isTrue();
    byte[] packed = Base64.getDecoder().decode(data.group(1));
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return JSON.readTree(in).get("rows");
    }
  }

  @Test
  void theJsonIsWhatItsSchemaSays() throws IOException {
    Reports.write(report(), folder);
    JsonNode schema;
    try (InputStream in = ReportsTest.class.getResourceAsStream("/report.schema.json")) {
      schema = JSON.readTree(in);
    }
    assertThat(
            JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(schema)
                .validate(json("report.json")))
        .isEmpty();
    assertThat(json("report.json").get("sentence").asText())
        .isEqualTo(
            "Not proven: 2 of 6 rows come back from the target byte for byte; 3 differ, 1 is"
                + " quarantined, 1 has a copy that disagrees with its BLOB (4 causes).");
  }

  @Test
  void allFormsNameTheSameKeysAndPaths() throws Exception {
    Reports.write(report(), folder);
    Set<String> keys = new HashSet<>();
    for (JsonNode save : json("report.json").get("saves")) {
      for (JsonNode finding : save.get("findings")) {
        keys.add(SafeText.line(save.get("key").asText()) + " " + finding.path("path").asText());
      }
    }
    assertThat(keys).hasSize(5).contains("p2 orders[0].total", "c1 c.ageYears", "q1 ");
    Set<String> inHtml = new HashSet<>();
    htmlRows().forEach(row -> inHtml.add(row.get(0).asText() + " " + row.get(3).asText()));
    assertThat(inHtml).isEqualTo(keys);
    Set<String> inSarif = new HashSet<>();
    for (JsonNode result : json("report.sarif").at("/runs/0/results")) {
      JsonNode place = result.at("/locations/0/logicalLocations/0");
      String name = place.get("name").asText();
      String full = place.get("fullyQualifiedName").asText();
      String path = full.substring("saves/".length() + name.length());
      inSarif.add(name + " " + (path.isEmpty() ? "" : path.substring(1)));
    }
    assertThat(inSarif).isEqualTo(keys);
    NodeList cases = junit().getElementsByTagName("testcase");
    Set<String> inJunit = new HashSet<>();
    for (int i = 1; i < cases.getLength(); i++) {
      inJunit.add(((Element) cases.item(i)).getAttribute("name"));
    }
    assertThat(inJunit)
        .hasSize(5)
        .allMatch(key -> keys.stream().anyMatch(it -> it.startsWith(key)));
    assertThat(text("summary.md"))
        .contains("p2", "c.ageYears", "q1")
        .doesNotContain("\u001b", "148.59");
  }

  private Element junit() throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(folder.resolve("junit.xml").toFile())
        .getDocumentElement();
  }

  /** What GitLab, Jenkins and Surefire's parser need of it. */
  @Test
  void junitCountsAndNames() throws Exception {
    Reports.write(report(), folder);
    Element suite = junit();
    assertThat(suite.getAttribute("tests")).isEqualTo("6");
    assertThat(suite.getAttribute("failures")).isEqualTo("4");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    NodeList cases = suite.getElementsByTagName("testcase");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < cases.getLength(); i++) {
      Element test = (Element) cases.item(i);
      assertThat(names.add(test.getAttribute("classname") + test.getAttribute("name"))).isTrue();
      assertThat(test.getAttribute("time")).isNotEmpty();
      assertThat(test.getAttribute("file")).isNotEmpty();
    }
    assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(4);
    assertThat(suite.getElementsByTagName("skipped").getLength()).isEqualTo(1);
  }

  @Test
  void surefiresParserCountsTheSame() throws Exception {
    Reports.write(report(), folder);
    List<ReportTestSuite> suites =
        new TestSuiteXmlParser(new NullConsoleLogger())
            .parse(folder.resolve("junit.xml").toString());
    assertThat(suites.stream().mapToInt(ReportTestSuite::getNumberOfTests).sum()).isEqualTo(6);
    assertThat(suites.stream().mapToInt(ReportTestSuite::getNumberOfFailures).sum()).isEqualTo(4);
    assertThat(suites.stream().mapToInt(ReportTestSuite::getNumberOfSkipped).sum()).isEqualTo(1);
    assertThat(suites.stream().mapToInt(ReportTestSuite::getNumberOfErrors).sum()).isZero();
    List<ReportTestCase> cases =
        suites.stream().flatMap(suite -> suite.getTestCases().stream()).toList();
    assertThat(cases).hasSize(6);
    assertThat(cases.stream().filter(ReportTestCase::hasFailure)).hasSize(4);
    assertThat(cases)
        .filteredOn(it -> String.valueOf(it.getName()).startsWith("p2"))
        .singleElement()
        .satisfies(
            it ->
                assertThat(it.getFailureDetail()).contains("orders[0].total: 147.59 in the BLOB"));
  }

  @Test
  void valuesAreHashedWhereTheyLeaveTheHouse() throws IOException {
    Reports.write(report(), folder);
    assertThat(text("report.json")).contains("148.59");
    assertThat(text("summary.md"))
        .doesNotContain("148.59", "147.59")
        .contains("total differs between tables and BLOB");
    assertThat(text("report.sarif")).doesNotContain("148.59", "147.59");
    SourceLines lines = new SourceLines(folder, folder.resolve("picklift.yaml"), null);
    Reports.write(report(), folder, new Reports.Options(ValueDisclosure.HASHES, lines, null));
    assertThat(text("report.json")).doesNotContain("148.59");
    assertThat(text("junit.xml")).doesNotContain("148.59");
    assertThat(htmlRows().toString()).doesNotContain("148.59");
  }

  @Test
  void findingsAreGroupedByCauseTheMostFrequentFirst() throws IOException {
    Reports.write(report(), folder);
    JsonNode first = json("report.json").get("causes").get(0);
    assertThat(first.get("id").asText()).isEqualTo("differs:orders[*].total");
    assertThat(first.get("saves").asInt()).isEqualTo(2);
    assertThat(first.get("keys").toString()).isEqualTo("[\"p2\",\"p3\"]");
    assertThat(first.get("example").asText())
        .isEqualTo("orders[0].total: 147.59 in the BLOB, 148.59 in the tables");
  }

  @Test
  void nothingOfASourceBecomesMarkup() throws IOException {
    VerifyReport report = new VerifyReport("<script>alert(1)</script>", "t");
    report.add(different(HOSTILE, "a", "str \"<b>\"", "None"));
    Reports.write(report, folder);
    assertThat(text("report.html")).doesNotContain("<script>alert", "<script>`k`", "<b>\"");
    Matcher scripts = Pattern.compile("<script[ >]").matcher(text("report.html"));
    assertThat(scripts.results().count()).isEqualTo(2);
  }

  @Test
  void aReportIsWrittenAsASetOrNotAtAll() throws IOException {
    Reports.write(report(), folder);
    String before = text("junit.xml");
    // A folder where a file is to go: the move fails, as writing would on a full disk.
    VerifyReport clean = new VerifyReport("saves", "t");
    Files.delete(folder.resolve("report.html"));
    Files.createDirectories(folder.resolve("report.html/in the way"));
    assertThatThrownBy(() -> Reports.write(clean, folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("report.html");
    assertThat(text("junit.xml")).isEqualTo(before);
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .noneMatch(name -> name.startsWith("."));
    }
  }

  @Test
  void whatTheirReadersBearIsKept() throws IOException {
    VerifyReport report = new VerifyReport("saves", "t");
    List<Finding> many = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      many.add(Finding.differs("r[" + i + "].age" + i, "int " + i, "int -1", ""));
    }
    for (int i = 0; i < 2_000; i++) {
      report.add(new SaveResult("k" + i, Status.DIFFERENT, "", many));
    }
    Reports.write(report, folder);
    assertThat(json("report.sarif").at("/runs/0/results")).hasSize(5_000);
    assertThat(json("report.sarif").at("/runs/0/properties/resultsNotListed").asInt()).isPositive();
    assertThat(Files.size(folder.resolve("summary.md"))).isLessThan(1 << 20);
    assertThat(Files.size(folder.resolve("junit.xml"))).isLessThan(30_000_000);
    assertThat(Files.size(folder.resolve("report.html"))).isLessThan(20_000_000);
    assertThat(json("report.json").get("totals").get("findings").asInt()).isEqualTo(120_000);
  }

  @Test
  void whereThereAreTooManyTheWorstAreListed() throws Exception {
    VerifyReport report = new VerifyReport("saves", "t");
    for (int i = 0; i < 100_500; i++) {
      CopyDifference old = new CopyDifference("ageYears", "ageYears", "41", "40", "");
      report.add(new SaveResult("a" + i, Status.EQUAL, "", List.of(Finding.copyDiffers(old))));
    }
    Finding damaged = Finding.of(Finding.Kind.DAMAGED, "what is archived is damaged");
    report.add(new SaveResult("z", Status.DIFFERENT, "", List.of(damaged)));
    report.add(different("y", "orders[0].total", "float 147.59", "float 148.59"));
    Reports.write(report, folder);
    JsonNode json = json("report.json");
    assertThat(json.at("/saves/0/key").asText()).isEqualTo("z");
    assertThat(json.at("/saves/1/key").asText()).isEqualTo("y");
    assertThat(json.get("saves")).hasSize(100_000);
    assertThat(json.get("savesNotListed").asInt()).isEqualTo(502);
    assertThat(htmlRows().get(0).get(0).asText()).isEqualTo("z");
    JsonNode sarif = json("report.sarif").at("/runs/0");
    assertThat(sarif.at("/results/0/message/text").asText()).startsWith("z: ");
    assertThat(sarif.at("/properties/resultsNotListed").asInt()).isEqualTo(95_502);
    assertThat(text("junit.xml")).contains("name=\"z\"", "name=\"y\"", "more saves with findings");
    VerifyReport next =
        new VerifyReport(
            "saves", "t", AcceptList.none(), EarlierFindings.read(folder.resolve("report.json")));
    assertThat(next.model().proof()).singleElement().asString().contains("502 saves", "as new");
  }

  @Test
  void theCommandsOutputShowsAsMuchAsTheReports() {
    assertThat(TextReport.of(report(), ValueDisclosure.FULL)).contains("147.59");
    assertThat(TextReport.of(report(), ValueDisclosure.HASHES))
        .contains("p2: orders[0].total: #")
        .doesNotContain("147.59", "148.59");
  }

  @Test
  void aCaseIsShownByTheSameConfiguration() {
    VerifyReport report = report();
    assertThat(TextReport.of(report, ValueDisclosure.HASHES))
        .contains("One case: picklift verify --key 'p2'", "picklift inspect --key 'q1'");
    report.configuration("it's/game.yaml");
    assertThat(TextReport.of(report, ValueDisclosure.HASHES))
        .contains("One case: picklift verify --config 'it'\\''s/game.yaml' --key 'p2'");
  }

  /** Each of these takes several bytes in XML, and two characters in Java. */
  @Test
  void whatIsEscapedCountsAsItIsWritten() throws Exception {
    VerifyReport report = new VerifyReport("saves", "t");
    String quotes = "\"&<>".repeat(12);
    for (int i = 0; i < 12_000; i++) {
      String path = "r[\"" + quotes + "\"].age" + i % 150;
      Finding finding = Finding.differs(path, "str " + quotes, "str <" + quotes, "");
      report.add(
          new SaveResult(quotes + i, Status.DIFFERENT, "", List.of(finding, finding, finding)));
    }
    String smile = "\ud83d\ude00".repeat(700);
    report.add(different("a" + smile, smile, "int 1", "int 2"));
    report.add(different("ab" + smile, smile, "int 1", "int 2"));
    Path step = folder.resolve("step.md");
    Files.writeString(step, "x".repeat(1_000_000));
    SourceLines lines = new SourceLines(folder, folder.resolve("picklift.yaml"), null);
    Reports.write(report, folder, new Reports.Options(ValueDisclosure.FULL, lines, step));
    assertThat(Files.size(folder.resolve("junit.xml"))).isBetween(15_000_000L, 30_000_000L);
    Matcher cases = Pattern.compile("<testcase ").matcher(text("junit.xml"));
    assertThat(cases.results().count()).isLessThan(12_000);
    assertThat(Files.size(step)).isBetween(1_010_000L, 1L << 20);
    Files.writeString(step, "x".repeat(1 << 20));
    Reports.write(report, folder, new Reports.Options(null, lines, step));
    assertThat(Files.size(step)).isEqualTo(1 << 20);
    assertThat(json("report.sarif").at("/runs/0/results")).hasSize(5_000);
  }

  @Test
  void aBaselineTellsWhatIsNew() throws IOException {
    Reports.write(report(), folder);
    EarlierFindings baseline = EarlierFindings.read(folder.resolve("report.json"));
    VerifyReport next = new VerifyReport("saves", "t", AcceptList.none(), baseline);
    next.add(different("p2", "orders[0].total", "float 147.59", "float 148.59"));
    next.add(different("p2b", "orders[0].total", "float 147.59", "float 148.59"));
    ReportModel.Comparison comparison = Objects.requireNonNull(next.model().comparison());
    assertThat(comparison.fresh()).isEqualTo(1);
    assertThat(comparison.known()).isEqualTo(1);
    assertThat(comparison.fixed()).isEqualTo(4);
    Files.writeString(folder.resolve("old.json"), "{\"version\": 1}");
    assertThatThrownBy(() -> EarlierFindings.read(folder.resolve("old.json")))
        .hasMessageContaining("version 2");
  }

  @Test
  void equalResultsHaveEqualDigests() {
    VerifyReport one = new VerifyReport("saves", "t");
    VerifyReport other = new VerifyReport("saves", "t");
    one.add(new SaveResult("a", Status.EQUAL, "", List.of()));
    one.add(different("b", "x", "int 1", "int 2"));
    other.add(different("b", "x", "int 1", "int 2"));
    other.add(new SaveResult("a", Status.EQUAL, "", List.of()));
    assertThat(one.model().digest()).isEqualTo(other.model().digest());
    other.add(new SaveResult("c", Status.EQUAL, "", List.of()));
    assertThat(one.model().digest()).isNotEqualTo(other.model().digest());
  }
}
