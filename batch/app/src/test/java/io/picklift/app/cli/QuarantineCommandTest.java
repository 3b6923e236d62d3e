package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
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
