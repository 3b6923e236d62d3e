package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code on_new} of a mapping, obeyed by migrate and backfill. */
@Tag("database")
final class OnNewTest {
  @TempDir private Path folder = Path.of("");

  /** A first mapping of some saves, under which they are migrated, and one more save. */
  private Game migrated(String onNew) throws Exception {
    Game game = new Game(folder);
    game.put("p0", Game.save(0));
    game.put("p3", Game.save(3));
    Path out = folder.resolve("first");
    assertThat(Run.of("profile", "--config", game.file(), "--out", out).status()).isZero();
    String mapping = Files.readString(out.resolve("mapping.yaml"));
    Files.writeString(
        folder.resolve("mapping.yaml"),
        mapping.replaceFirst("version: 1\n", "version: 1\non_new: " + onNew + "\n"));
    Run first = Run.of("migrate", "--config", game.file());
    assertThat(first.status()).as(first.err() + first.out()).isZero();
    String pickle = new String(Game.save(6), StandardCharsets.ISO_8859_1);
    game.put("p6", pickle.replace("seen", "last").getBytes(StandardCharsets.ISO_8859_1));
    return game;
  }

  private static long rows(Game game) throws Exception {
    return game.number("SELECT COUNT(*) FROM picklift_save WHERE source_key = 'p6'");
  }

  @Test
  void freezeStopsBeforeTheSaveAndNothingOfItIsWritten() throws Exception {
    Game game = migrated("freeze");
    Path events = folder.resolve("events.ndjson");
    Run run = Run.of("backfill", "--events", events, "--config", game.file());
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    List<String> told = Files.readAllLines(events);
    assertThat(told.get(told.size() - 1)).contains("\"status\":1,", "stopped before save p6");
    assertThat(run.err())
        .contains("stopped before save p6, by on_new: freeze: player.last is an attribute that");
    assertThat(rows(game)).isZero();
    // An edit of the contract alone is the same mapping: the run goes on under it.
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(
        mapping, Files.readString(mapping).replace("on_new: freeze", "on_new: residue"));
    assertThat(Run.of("backfill", "--config", game.file()).status()).isZero();
    assertThat(rows(game)).isEqualTo(1);
  }

  @Test
  void quarantineRefusesTheSaveAlone() throws Exception {
    Game game = migrated("quarantine");
    Run run = Run.of("backfill", "--config", game.file());
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    Run list = Run.of("quarantine", "list", "--config", game.file());
    assertThat(list.out()).contains("p6").contains("new").contains("player.last");
  }
}
