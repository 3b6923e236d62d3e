package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("database")
final class StatusCommandTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void theTargetTellsHowItIs() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    game.put("bad", new byte[] {1});
    Run empty = Run.of("status", "--config", game.file());
    assertThat(empty.status()).isEqualTo(2);
    assertThat(empty.err()).contains("nothing was migrated into it yet").hasLineCount(1);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      JsonNode busy = json(game);
      assertThat(busy.at("/lock/connection").asLong()).isPositive();
    }
    JsonNode status = json(game);
    assertThat(status.get("lock").isNull()).isTrue();
    assertThat(status.at("/ledger/saves").toString())
        .isEqualTo("{\"migrated\":3,\"quarantined\":1}");
    assertThat(status.at("/quarantine/not-a-pickle").asInt()).isEqualTo(1);
    assertThat(status.at("/runs/0/command").asText()).isEqualTo("migrate");
    assertThat(status.at("/runs/0/status").asText()).isEqualTo("complete");
    assertThat(status.at("/runs/0/counts/source_rows").asInt()).isEqualTo(4);
    assertThat(Run.of("status", "--config", game.file()).out())
        .contains("nobody works on it", "saves of saves", "run 1: migrate of saves, complete");
  }

  @Test
  void bytesBehindThePicklesAreTold() throws Exception {
    Game game = new Game(folder);
    game.fill(2);
    byte[] save = Game.save(3);
    byte[] stray = java.util.Arrays.copyOf(save, save.length + 5);
    stray[save.length] = '?';
    stray[save.length + 4] = '!';
    game.put("stray", stray);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    assertThat(json(game).at("/stray/saves").toString()).isEqualTo("{\"saves\":1,\"bytes\":5}");
    assertThat(Run.of("status", "--config", game.file()).out())
        .contains("1  with extra bytes after the pickle (5 bytes in all)");
  }

  @Test
  void aRunThatCouldNotFinishIsNotToldAsRunning() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    game.put("bad", new byte[] {1});
    assertThat(Run.of("migrate", "--max-quarantine", "0", "--config", game.file()).status())
        .isEqualTo(3);
    JsonNode status = json(game);
    assertThat(status.at("/runs/0/status").asText()).isEqualTo("failed");
    assertThat(status.at("/runs/0/ended").asText()).startsWith("20");
    assertThat(status.at("/lagSeconds").isEmpty()).isTrue();
    assertThat(Run.of("migrate", "--config", game.file()).status()).isEqualTo(1);
    status = json(game);
    assertThat(status.at("/lagSeconds/saves").asLong()).isBetween(0L, 60L);
    assertThat(status.at("/runs/0/rate").isNumber()).isTrue();
    game.target("UPDATE picklift_run SET status = 'running', ended = NULL");
    assertThat(json(game).at("/runs/0/status").asText()).isEqualTo("killed");
    assertThat(Run.of("status", "--config", game.file()).out()).contains("saves, killed, began");
  }

  @Test
  void aMigrateThatLeavesAChangeDoesNotEndTheLag() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    Run.on(game, "migrate");
    game.target("UPDATE picklift_run SET began = began - INTERVAL 1 HOUR");
    game.put("p0001", Game.save(900));
    Run.on(game, "migrate");
    JsonNode status = json(game);
    assertThat(status.at("/runs/0/status").asText()).isEqualTo("complete");
    assertThat(status.at("/lagSeconds/saves").asLong()).isBetween(3600L, 3660L);
    Run.on(game, "backfill");
    assertThat(json(game).at("/lagSeconds/saves").asLong()).isBetween(0L, 60L);
  }

  private static JsonNode json(Game game) throws Exception {
    Run run = Run.of("status", "--json", "--config", game.file());
    assertThat(run.status()).isZero();
    return new ObjectMapper().readTree(run.out());
  }
}
