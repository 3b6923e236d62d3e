package io.picklift.app.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Run;
import io.picklift.app.job.Game;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands under {@code on} are run when they should be, with what is so. */
final class HooksTest {
  @TempDir private Path folder = Path.of("");

  private Game game() throws Exception {
    Game game = new Game(folder);
    game.fill(5);
    String append = "'echo $PICKLIFT_EVENT $PICKLIFT_COMMAND $PICKLIFT_STATUS %s >> %s'";
    Path log = folder.resolve("log");
    game.append(
        "on:\n"
            + ("  finished: " + append + "\n")
                .formatted("$PICKLIFT_SOURCE $PICKLIFT_ADDED of $PICKLIFT_SOURCE_ROWS", log)
            + ("  failed: " + append + "\n").formatted("$PICKLIFT_REASON", log)
            + ("  quarantined: [/bin/sh, -c, " + append + "]\n")
                .formatted("$PICKLIFT_NEWLY_QUARANTINED $PICKLIFT_QUARANTINE", log));
    return game;
  }

  private List<String> log() throws Exception {
    Path log = folder.resolve("log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  @Test
  @Tag("database")
  void aRunTellsHowItEnded() throws Exception {
    Game game = game();
    Path config = game.file();
    assertThat(Run.of("migrate", "--config", config).status()).isZero();
    assertThat(log()).containsExactly("finished migrate 0 saves 5 of 5");
    game.put("bad", new byte[] {1});
    assertThat(Run.of("backfill", "--config", config).status()).isEqualTo(1);
    assertThat(log())
        .endsWith("finished backfill 1 saves 0 of 6", "quarantined backfill 1 1 not-a-pickle=1")
        .hasSize(3);
    // What is in quarantine already is nothing new.
    assertThat(Run.of("backfill", "--config", config).status()).isEqualTo(1);
    assertThat(log()).endsWith("finished backfill 1 saves 0 of 6").hasSize(4);
    assertThat(Run.of("migrate", "--dry-run", "--config", config).status()).isZero();
    assertThat(log()).hasSize(4);
  }

  @Test
  @Tag("database")
  void aRunThatCouldNotFinishTellsWhy() throws Exception {
    Game game = game();
    game.put("bad", new byte[] {1});
    Run ran = Run.of("migrate", "--max-quarantine", "0", "--config", game.file());
    assertThat(ran.status()).isEqualTo(3);
    assertThat(log()).hasSize(2);
    String reason = log().get(0).substring("failed migrate 3 ".length());
    assertThat(ran.err()).contains(reason);
    assertThat(log().get(1)).startsWith("quarantined migrate 3 1");
  }

  @Test
  @Tag("database")
  void aCommandThatFailsChangesNothing() throws Exception {
    Game game = new Game(folder);
    game.fill(2);
    game.append("on:\n  finished: 'echo hello; exit 3'\n");
    Run ran = Run.of("migrate", "--config", game.file());
    assertThat(ran.status()).isZero();
    assertThat(ran.err()).contains("on.finished: hello\n", "on.finished: ended with status 3\n");
  }

  @Test
  void aCommandThatDoesNotEndIsEnded() {
    List<String> said = new ArrayList<>();
    new HookCommand("on.failed", List.of("sleep", "60"), Duration.ofMillis(200), said::add)
        .run(Map.of());
    assertThat(said).containsExactly("on.failed: ended, since it took more than 0 s");
  }

  @Test
  void whatNoEnvironmentTakesIsEscaped() {
    List<String> said = new ArrayList<>();
    new HookCommand(
            "on.failed",
            List.of("/bin/sh", "-c", "echo \"$PICKLIFT_REASON\""),
            Duration.ofSeconds(9),
            said::add)
        .run(Map.of("REASON", "stopped before save a\0b"));
    assertThat(said).containsExactly("on.failed: stopped before save a\\x00b");
  }

  @Test
  void aCommandThatIsNotThereIsTold() {
    List<String> said = new ArrayList<>();
    new HookCommand("on.failed", List.of("/nowhere/at/all"), Duration.ofSeconds(9), said::add)
        .run(Map.of());
    assertThat(said).singleElement().asString().startsWith("on.failed cannot be run: ");
  }
}
