package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quarantine as a workflow: look, mend, try again. */
@Tag("database")
final class QuarantineCommandTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void whatWasRefusedIsListedShownAndTriedAgain() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    game.put("page\u001b[2J", new byte[] {'<'});
    game.put("none", null);
    assertThat(Run.of("migrate", "--config", game.file()).status()).isEqualTo(ExitStatus.LOOK);

    Run list = Run.of("quarantine", "list", "--config", game.file());
    assertThat(list.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(list.out()).contains("null               none: the BLOB is NULL", "2 in quarantine");
    assertThat(list.out()).doesNotContain("\u001b");
    assertThat(Run.of("quarantine", "list", "--reason", "null", "--config", game.file()).out())
        .contains("1 in quarantine");
    Run show = Run.of("quarantine", "show", "none", "--config", game.file());
    assertThat(show.out()).contains("reason   null").contains("key      none");

    // Mended, and nothing else of the source is looked at twice.
    game.put("none", Game.save(4));
    Run retry = Run.of("quarantine", "retry", "--key", "none", "--config", game.file());
    assertThat(retry.err()).isEmpty();
    assertThat(retry.out()).contains("(new 0, changed 1, as before 3)");
    assertThat(Run.of("quarantine", "list", "--config", game.file()).out())
        .contains("1 in quarantine");
    assertThat(Run.of("quarantine", "show", "--config", game.file()).status())
        .isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void theBlobIsKeptAndWrittenToAFile() throws Exception {
    Game game = new Game(folder);
    byte[] bad = {'<', 0, (byte) 0xff};
    game.put("bad", bad);
    Path file = folder.resolve("bad.pkl");
    Run.of("migrate", "--config", game.file());
    Run none = Run.of("quarantine", "show", "bad", "--out", file, "--config", game.file());
    assertThat(none.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(none.err()).contains("run.quarantine_blobs: true");
    assertThat(file).doesNotExist();

    // Those that are in quarantine already are kept by the next run, and changed ones anew.
    game.append("run: {quarantine_blobs: true}\n");
    Run.of("backfill", "--config", game.file());
    Run show = Run.of("quarantine", "show", "bad", "--out", file, "--config", game.file());
    assertThat(show.out()).contains("reason   not-a-pickle", "wrote 3 bytes to " + file);
    assertThat(Files.readAllBytes(file)).isEqualTo(bad);
    game.put("bad", new byte[] {'>'});
    Run.of("backfill", "--config", game.file());
    Run.of("quarantine", "show", "bad", "--out", file, "--config", game.file());
    assertThat(Files.readAllBytes(file)).isEqualTo(new byte[] {'>'});

    game.put("bad", Game.save(1));
    Run retry = Run.of("quarantine", "retry", "--reason", "plain-text", "--config", game.file());
    assertThat(retry.out()).contains("(new 0, changed 1, as before 0)");
    assertThat(game.number("SELECT COUNT(*) FROM picklift_quarantine_blob")).isZero();
    assertThat(Run.of("quarantine", "list", "--out", file, "--config", game.file()).status())
        .isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void aRunThatRefusesTooManyEndsEarly() throws Exception {
    Game game = new Game(folder);
    game.fill(2);
    for (int i = 0; i < 6; i++) {
      game.put("bad" + i, new byte[] {'<'});
    }
    Run run = Run.of("migrate", "--max-quarantine", "5", "--config", game.file());
    assertThat(run.status()).isEqualTo(ExitStatus.UNFINISHED);
    assertThat(run.err())
        .contains("saves were quarantined by this run, more than max_quarantine allows (5)");
    assertThat(Run.of("migrate", "--max-quarantine", "80%", "--config", game.file()).status())
        .isEqualTo(ExitStatus.LOOK);
    assertThat(Run.of("migrate", "--max-quarantine", "x", "--config", game.file()).status())
        .isEqualTo(ExitStatus.USAGE);
  }
}
