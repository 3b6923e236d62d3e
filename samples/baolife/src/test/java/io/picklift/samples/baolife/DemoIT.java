package io.picklift.samples.baolife;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.picklift.schema.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command. */
@Tag("database")
class DemoIT {
  private final Path folder;

  DemoIT(@TempDir Path folder) throws IOException {
    this.folder = folder.toRealPath();
  }

  @Test
  void showsWhatBecomesOfEachRowAndLeavesNothingRunning() throws Exception {
    for (int i = 0; i < 2; i++) {
      Picklift.Result result = Picklift.run(folder, arguments());
      assertThat(result.status()).as(result.toString()).isZero();
      assertThat(result.err()).isEmpty();
      for (Map.Entry<String, JsonNode> row : Expected.rows("quarantined").entrySet()) {
        assertThat(result.out())
            .containsPattern(row.getKey() + " +" + row.getValue().get("reason").asText());
      }
      for (Map.Entry<String, JsonNode> row : Expected.rows("migrated").entrySet()) {
        for (JsonNode disagreement : row.getValue().get("disagreements")) {
          assertThat(result.out())
              .containsSubsequence(row.getKey(), disagreement.get("path").asText());
        }
      }
      assertThat(result.out())
          .containsPattern(Expected.total("migrated") + " +migrated")
          .containsPattern(Expected.total("quarantined") + " +quarantined")
          .contains("person " + Expected.tableRows().get("person"))
          .contains("FROM person");
      assertThat(folder.resolve(".picklift/demo/report/report.json")).isNotEmptyFile();
      assertThat(processesOf(folder)).isEmpty();
      assertThat(folder.resolve(".picklift/demo/data")).doesNotExist();
      assertThat(Path.of("/tmp/picklift-hostile-was-run")).doesNotExist();
    }
  }

  @Test
  void leavesNothingRunningWhenItIsStopped() throws Exception {
    Process demo = Picklift.start(folder, List.of(), arguments());
    Path pid = folder.resolve(".picklift/demo/mariadb.pid");
    Path out = folder.resolve("out.txt");
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (!Files.exists(pid)
        && !Files.readString(out).contains("Loaded")
        && Instant.now().isBefore(end)) {
      Thread.sleep(20);
    }
    demo.destroy();
    assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(demo.exitValue()).isEqualTo(128 + 15);
    assertThat(processesOf(folder)).isEmpty();
  }

  @Test
  void saysWhatToDoWhereThereIsNoDatabase() throws Exception {
    Picklift.Result result =
        Picklift.run(folder, "demo", "--database", folder.resolve("none").toString());
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .contains("there is no database in", "mvn -DskipTests package", "--url");
  }

  /** On the server of the tests, if one is given; on the embedded database else. */
  private static String[] arguments() {
    List<String> arguments = new ArrayList<>(List.of("demo"));
    String url = TestDatabase.given("picklift.test.url");
    if (!url.isEmpty()) {
      arguments.addAll(
          List.of(
              "--url=" + url,
              "--username=" + System.getProperty("picklift.test.username", "test"),
              "--password=" + System.getProperty("picklift.test.password", "test")));
    }
    return arguments.toArray(String[]::new);
  }

  private static List<String> processesOf(Path folder) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.map(process -> process.info().commandLine().orElse(""))
          .filter(command -> command.contains(folder.toString()))
          .toList();
    }
  }
}
