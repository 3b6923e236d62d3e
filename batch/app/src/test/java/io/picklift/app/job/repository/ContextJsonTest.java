package io.picklift.app.job.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.cli.Run;
import io.picklift.app.job.Game;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of steps is JSON, and nothing that Java would make objects of. */
final class ContextJsonTest {
  private static final List<String> TABLES = List.of("JOB", "STEP");

  private final ContextJson json = new ContextJson();

  @TempDir private Path folder = Path.of("");

  private String written(Map<String, Object> context) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    json.serialize(context, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private Map<String, Object> read(String text) throws IOException {
    return json.deserialize(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void valuesComeBackInTheirTypes() throws IOException {
    Map<String, Object> context =
        Map.of("upTo", "[\"7\", \"é\\n\"]", "first", 3, "grid", 4L, "is", true);
    assertThat(read(written(context))).isEqualTo(context);
    assertThat(read(written(Map.of()))).isEmpty();
    assertThatThrownBy(() -> written(Map.of("at", Instant.EPOCH)))
        .hasMessage("at of a step is neither a text nor a number, but java.time.Instant");
  }

  @Test
  void whatAnEarlierBuildWroteIsNotRead() throws IOException {
    assertThat(read("rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA==")).isEmpty();
    assertThat(read("")).isEmpty();
  }

  @Test
  @Tag("database")
  void theTablesHoldJsonAlone() throws Exception {
    Game game = new Game(folder);
    game.fill(300);
    assertThat(Run.of("migrate", "--config", game.file()).status()).isZero();
    // As an earlier build left it, and the process that did was killed.
    String old = "'rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA=='";
    for (String table : TABLES) {
      String contexts = "PICKLIFT_BATCH_" + table + "_EXECUTION";
      game.target("UPDATE " + contexts + "_CONTEXT SET SHORT_CONTEXT = " + old);
      game.target("UPDATE " + contexts + " SET STATUS = 'STARTED', END_TIME = NULL");
    }
    game.target("DELETE FROM picklift_schema_history WHERE version = '54'");
    game.put("p0001", Game.save(700));
    assertThat(Run.of("backfill", "--config", game.file()).status()).isZero();
    for (String table : TABLES) {
      String contexts = "PICKLIFT_BATCH_" + table + "_EXECUTION_CONTEXT";
      assertThat(game.number("SELECT COUNT(*) FROM " + contexts)).isPositive();
      assertThat(
              game.number(
                  "SELECT COUNT(*) FROM "
                      + contexts
                      + " WHERE SHORT_CONTEXT NOT LIKE '{%}' OR SERIALIZED_CONTEXT IS NOT NULL"))
          .isZero();
    }
  }
}
