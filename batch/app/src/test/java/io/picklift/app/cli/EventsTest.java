package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.picklift.app.job.Game;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each line of {@code --events} is as the schema says, and they tell what happened. */
@Tag("database")
final class EventsTest {
  @TempDir private Path folder = Path.of("");

  private static List<JsonNode> events(String lines) throws Exception {
    ObjectMapper json = new ObjectMapper();
    JsonSchema schema;
    try (InputStream in = EventsTest.class.getResourceAsStream("/event.schema.json")) {
      schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
    }
    List<JsonNode> events = new ArrayList<>();
    for (String line : lines.lines().toList()) {
      JsonNode event = json.readTree(line);
      assertThat(schema.validate(event)).as(line).isEmpty();
      events.add(event);
    }
    return events;
  }

  private static List<String> types(List<JsonNode> events) {
    return events.stream().map(event -> event.get("type").asText()).distinct().toList();
  }

  @Test
  void aRunTellsWhatItDoes() throws Exception {
    Game game = new Game(folder);
    game.fill(30);
    game.put("bad", "secret of a save".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Path file = folder.resolve("events");
    Run run = Run.of("migrate", "--events", file, "--config", game.file());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("31  rows in the source");
    String lines = Files.readString(file);
    assertThat(lines).doesNotContain("secret of a save");
    List<JsonNode> events = events(lines);
    assertThat(types(events)).containsExactly("started", "phase", "progress", "counted", "ended");
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).get("sequence").asInt()).isEqualTo(i);
      assertThat(events.get(i).get("run")).isEqualTo(events.get(0).get("run"));
    }
    JsonNode counted = events.get(events.size() - 2).get("counts");
    assertThat(counted.get("added").asInt()).isEqualTo(30);
    assertThat(counted.get("quarantined").asInt()).isEqualTo(1);
    assertThat(counted.get("source_rows").asInt()).isEqualTo(31);
    assertThat(events.get(events.size() - 1).get("status").asInt()).isEqualTo(1);
    JsonNode progress =
        events.stream()
            .filter(it -> it.get("type").asText().equals("progress"))
            .findFirst()
            .orElseThrow();
    long sum = 0;
    for (JsonNode rows : progress.get("partitions")) {
      sum += rows.asLong();
    }
    assertThat(progress.get("done").asLong()).isEqualTo(sum);
    assertThat(Run.of("backfill", "--events", file, "--config", game.file()).status()).isEqualTo(1);
    assertThat(events(Files.readString(file))).hasSizeGreaterThan(events.size());
  }

  @Test
  void aVerificationTellsWhatItFinds() throws Exception {
    Game game = new Game(folder);
    game.fill(30);
    assertThat(Run.of("migrate", "--config", game.file()).status()).isZero();
    game.target("UPDATE player SET level = level + 1 ORDER BY save_id LIMIT 1");
    Run run =
        Run.of(
            "verify", "--engine", "fast", "--read-only", "--events", "-", "--config", game.file());
    assertThat(run.status()).isEqualTo(1);
    List<JsonNode> events = events(run.out());
    assertThat(types(events)).containsExactly("started", "phase", "progress", "counted", "ended");
    JsonNode counted = events.get(events.size() - 2).get("counts");
    assertThat(counted.get("rows").asInt()).isEqualTo(30);
    assertThat(counted.get("different").asInt()).isEqualTo(1);
    assertThat(events.get(events.size() - 1).get("status").asInt()).isEqualTo(1);
    assertThat(run.err()).contains("Not proven: 29 of 30");
    game.target("RENAME TABLE picklift_save TO elsewhere");
    Run failed = Run.of("verify", "--events", "-", "--config", game.file());
    List<JsonNode> last = events(failed.out());
    assertThat(last.get(last.size() - 1).get("status").asInt()).isEqualTo(failed.status());
    assertThat(failed.err()).contains(last.get(last.size() - 1).get("reason").asText());
  }

  @Test
  void onStandardOutputTheyAreAlone() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    Run run = Run.of("migrate", "--events", "-", "--config", game.file());
    assertThat(types(events(run.out()))).contains("started", "counted", "ended");
    assertThat(run.err()).contains("3  rows in the source");
  }

  @Test
  void whyARunCouldNotFinishIsTold() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    game.put("bad", new byte[] {1});
    Run run = Run.of("migrate", "--max-quarantine", "0", "--events", "-", "--config", game.file());
    assertThat(run.status()).isEqualTo(3);
    List<JsonNode> events = events(run.out());
    JsonNode last = events.get(events.size() - 1);
    assertThat(last.get("status").asInt()).isEqualTo(3);
    assertThat(run.err()).contains(last.get("reason").asText());
  }
}
