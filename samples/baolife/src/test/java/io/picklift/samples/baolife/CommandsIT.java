package io.picklift.samples.baolife;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on the fixture, by the built jar: their exit statuses and what they say. */
@Tag("database")
class CommandsIT {
  /** Rows that a table without defects would not have, or not so. */
  private static final String ODD =
      "'u1019', 'u1020', 'u1021', 'u1022', 'u1024', 'u1025', 'u1027', 'u1028', 'u1029'";

  /** In a JVM that cannot start processes. */
  private static final List<String> NO_PROCESSES =
      List.of("-Djdk.lang.Process.launchMechanism=NONE");

  private final Path folder;
  private final Baolife baolife;

  CommandsIT(@TempDir Path folder) throws Exception {
    this.folder = folder;
    this.baolife = new Baolife(folder);
  }

  @Test
  void migrateAndVerifySayWhatThereIsToLookAt() throws Exception {
    Picklift.Result migrated = run("migrate");
    assertThat(migrated.status()).as(migrated.toString()).isEqualTo(1);
    for (String id : Expected.rows("quarantined").keySet()) {
      String reason = Expected.row(id).get("reason").asText();
      assertThat(migrated.out()).containsPattern(id + ".*" + reason);
    }
    assertThat(migrated.out()).contains("posix.system");

    Picklift.Result again = run("migrate");
    assertThat(again.status()).as(again.toString()).isEqualTo(1);
    assertThat(again.out()).isNotEqualTo(migrated.out());

    Picklift.Result verified = run("verify", "--report", "report");
    assertThat(verified.status()).as(verified.toString()).isEqualTo(1);
    JsonNode report = new ObjectMapper().readTree(folder.resolve("report/report.json").toFile());
    assertThat(report.get("totals").get("rows").asInt()).isEqualTo(Expected.total("rows"));
    assertThat(report.get("totals").get("equal").asInt()).isEqualTo(Expected.total("migrated"));
    assertThat(Files.readString(folder.resolve("report/junit.xml")))
        .contains("<testsuite", "r[1].person.ageYears")
        .doesNotContain("<error");
    assertThat(folder.resolve("report/report.html")).isNotEmptyFile();
  }

  @Test
  void aHostilePickleStartsNoProcess() throws Exception {
    assertThat(Path.of("/tmp/picklift-hostile-was-run")).doesNotExist();
    for (String engine : List.of("fast", "jython")) {
      Baolife fresh = new Baolife(folder);
      // Jython's own start needs a JVM that can start processes; there the file that was not made
      // has to tell.
      List<String> jvm = engine.equals("fast") ? NO_PROCESSES : List.of();
      Picklift.Result result =
          Picklift.run(folder, jvm, "migrate", "--engine", engine, "--config", config());
      assertThat(result.status()).as(result.toString()).isEqualTo(1);
      assertThat(
              fresh.query(
                  "SELECT q.names FROM picklift_quarantine q JOIN picklift_save s USING (save_id)"
                      + " WHERE s.source_key = 'u1029'"))
          .containsExactly(List.of("posix.system"));
      assertThat(fresh.number("SELECT COUNT(*) FROM player WHERE user_id = 'u1030'")).isOne();
      Path pickle = fresh.blob("u1030", folder.resolve("u1030.pkl"));
      Picklift.Result decoded =
          Picklift.run(folder, jvm, "decode", "--engine", engine, pickle.toString());
      assertThat(decoded.status()).as(decoded.err()).isZero();
      assertThat(decoded.out())
          .contains(
              "{\"$call\": \"posix.system\", \"$args\": [\"touch /tmp/picklift-hostile-was-run\"]}");
    }
    assertThat(Path.of("/tmp/picklift-hostile-was-run")).doesNotExist();
  }

  @Test
  void theJvmOfThatTestReallyStartsNoProcess() throws Exception {
    Path source = folder.resolve("Start.java");
    Files.writeString(
        source,
        "class Start { public static void main(String[] a) throws Exception {"
            + " new ProcessBuilder(\"true\").start().waitFor(); } }");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process free = new ProcessBuilder(java, source.toString()).redirectErrorStream(true).start();
    free.getInputStream().transferTo(OutputStream.nullOutputStream());
    assertThat(free.waitFor()).isZero();
    Process bound =
        new ProcessBuilder(java, NO_PROCESSES.get(0), source.toString())
            .redirectErrorStream(true)
            .start();
    bound.getInputStream().transferTo(OutputStream.nullOutputStream());
    assertThat(bound.waitFor()).isNotZero();
  }

  @Test
  void verifyNamesTheRowThatIsMissingAndTheValueThatChanged() throws Exception {
    withoutOddRows();
    Picklift.Result migrated = run("migrate");
    assertThat(migrated.status()).as(migrated.toString()).isZero();
    Picklift.Result clean = run("verify", "--report", "clean");
    assertThat(clean.status()).as(clean.toString()).isZero();

    String person = "save_id = (SELECT save_id FROM player WHERE user_id = 'u1012')";
    String own = person + " AND ordinal = (SELECT own_person FROM player WHERE user_id = 'u1012')";
    assertThat(baolife.updateTarget("UPDATE person SET age_years = age_years + 1 WHERE " + own))
        .isOne();
    Picklift.Result changed = run("verify", "--report", "changed");
    assertThat(changed.status()).as(changed.toString()).isEqualTo(1);
    assertThat(findings("changed"))
        .singleElement()
        .asString()
        .startsWith("u1012 differs c.ageYears");
    assertThat(baolife.updateTarget("UPDATE person SET age_years = age_years - 1 WHERE " + own))
        .isOne();

    assertThat(baolife.updateTarget("DELETE FROM person WHERE " + person + " AND ordinal = 2"))
        .isOne();
    Picklift.Result missing = run("verify", "--report", "missing");
    assertThat(missing.status()).as(missing.toString()).isEqualTo(1);
    assertThat(findings("missing")).singleElement().asString().startsWith("u1012 not-restorable ");
    assertThat(missing.out() + missing.err()).contains("person");
  }

  @Test
  void backfillTouchesOnlyWhatIsNewChangedOrGone() throws Exception {
    withoutOddRows();
    Picklift.Result migrated = run("migrate");
    assertThat(migrated.status()).as(migrated.toString()).isZero();
    List<List<@Nullable String>> before = ledger();

    copy("new", "u1010");
    assertThat(
            baolife.updateSource(
                "UPDATE lifesim_savegames a JOIN lifesim_savegames b ON b.id = 'u1011' SET"
                    + " a.firstname = b.firstname, a.lastname = b.lastname, a.ageDays = b.ageDays,"
                    + " a.ageYears = b.ageYears, a.json = b.json, a.pickle_data = b.pickle_data"
                    + " WHERE a.id = 'u1012'"))
        .isOne();
    assertThat(baolife.updateSource("DELETE FROM lifesim_savegames WHERE id = 'u1013'")).isOne();

    Picklift.Result backfilled = run("backfill");
    assertThat(backfilled.status()).as(backfilled.toString()).isZero();
    TreeSet<String> touched = new TreeSet<>();
    for (List<@Nullable String> entry : ledger()) {
      if (!before.contains(entry)) {
        touched.add(entry.get(0) + " " + entry.get(1));
      }
    }
    assertThat(touched).containsExactly("new migrated", "u1012 migrated", "u1013 deleted");
    assertThat(
            baolife.number(
                "SELECT COUNT(*) FROM person JOIN picklift_save USING (save_id) WHERE source_key = 'u1013'"))
        .isZero();
    Picklift.Result verified = run("verify", "--report", "report");
    assertThat(verified.status()).as(verified.toString()).isZero();

    Picklift.Result again = run("backfill");
    assertThat(again.status()).as(again.toString()).isZero();
    assertThat(ledger()).hasSize(before.size() + 1).containsAll(unchangedOf(before, touched));
  }

  private static List<List<@Nullable String>> unchangedOf(
      List<List<@Nullable String>> before, Set<String> touched) {
    return before.stream()
        .filter(entry -> touched.stream().noneMatch(it -> it.startsWith(entry.get(0) + " ")))
        .toList();
  }

  private void copy(String id, String from) throws Exception {
    assertThat(
            baolife.updateSource(
                "INSERT INTO lifesim_savegames (id, firstname, lastname, ageDays, ageYears, json, pickle_data)"
                    + " SELECT ?, firstname, lastname, ageDays, ageYears, json, pickle_data"
                    + " FROM lifesim_savegames WHERE id = ?",
                id,
                from))
        .isOne();
  }

  private void withoutOddRows() throws Exception {
    assertThat(baolife.updateSource("DELETE FROM lifesim_savegames WHERE id IN (" + ODD + ")"))
        .isEqualTo(9);
  }

  private List<List<@Nullable String>> ledger() throws Exception {
    return baolife.query(
        "SELECT source_key, status, last_written, HEX(blob_sha256) FROM picklift_save ORDER BY source_key");
  }

  /** What a report says, a line a finding. */
  private List<String> findings(String report) throws IOException {
    JsonNode file =
        new ObjectMapper().readTree(folder.resolve(report).resolve("report.json").toFile());
    List<String> lines = new ArrayList<>();
    for (JsonNode save : file.get("saves")) {
      for (JsonNode finding : save.get("findings")) {
        lines.add(
            save.get("key").asText()
                + " "
                + finding.get("kind").asText()
                + " "
                + finding.path("path").asText());
      }
    }
    return lines;
  }

  private Picklift.Result run(String command, String... options) throws Exception {
    String[] arguments = new String[options.length + 3];
    arguments[0] = command;
    arguments[1] = "--config";
    arguments[2] = config();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return Picklift.run(folder, arguments);
  }

  private String config() {
    return baolife.configFile().toString();
  }
}
