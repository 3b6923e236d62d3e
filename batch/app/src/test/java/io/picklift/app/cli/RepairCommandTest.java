package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged saves are made anew from the source, and no others. */
@Tag("database")
final class RepairCommandTest {
  private static final String ID = "(SELECT save_id FROM picklift_save WHERE source_key = '%s')";

  @TempDir private Path folder = Path.of("");

  private Game migrated() throws Exception {
    Game game = new Game(folder);
    game.fill(6);
    assertThat(Run.of("migrate", "--config", game.file()).status()).isEqualTo(ExitStatus.DONE);
    return game;
  }

  @Test
  void brokenSavesAreFoundAndMadeAnew() throws Exception {
    Game game = migrated();
    long all = game.number("SELECT COUNT(*) FROM player");
    long kept = game.number("SELECT save_id FROM picklift_save WHERE source_key = 'p0002'");
    // One residue is another save's, and one save has lost its rows; a third was edited.
    game.target(
        "UPDATE picklift_archive a JOIN (SELECT residue FROM picklift_archive WHERE save_id = "
            + ID.formatted("p0001")
            + ") b SET a.residue = b.residue WHERE a.save_id = "
            + ID.formatted("p0002"));
    game.target("DELETE FROM player WHERE save_id = " + ID.formatted("p0003"));
    game.target("UPDATE player SET level = 77 WHERE save_id = " + ID.formatted("p0004"));

    Run repair = Run.on(game, "repair", "--broken");
    assertThat(repair.err()).isEmpty();
    assertThat(repair.out())
        .contains("(new 0, changed 2, as before 4)", "repaired 2 of 2, verified");
    assertThat(repair.status()).isEqualTo(ExitStatus.DONE);
    assertThat(game.number("SELECT COUNT(*) FROM player")).isEqualTo(all);
    assertThat(game.number("SELECT save_id FROM picklift_save WHERE source_key = 'p0002'"))
        .isEqualTo(kept);
    assertThat(game.number("SELECT level FROM player WHERE save_id = " + ID.formatted("p0004")))
        .isEqualTo(77);

    Run again = Run.on(game, "repair", "--broken");
    assertThat(again.out()).isEqualTo("no save is damaged\n");
    // An edit is undone only by name.
    assertThat(Run.on(game, "verify").status()).isEqualTo(ExitStatus.LOOK);
    assertThat(Run.on(game, "repair", "--key", "p0004").status()).isEqualTo(ExitStatus.DONE);
    assertThat(Run.on(game, "verify").status()).isEqualTo(ExitStatus.DONE);
  }

  @Test
  void whatTheSourceDoesNotHaveStays() throws Exception {
    Game game = migrated();
    game.source("DELETE FROM saves WHERE id = 'p0005'");
    game.target(
        "UPDATE picklift_archive SET encoding_recipe = 'zlib:1' WHERE save_id = "
            + ID.formatted("p0001"));
    Run gone = Run.on(game, "repair", "--key", "p0001", "--key", "p0005");
    assertThat(gone.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(gone.err()).contains("--key p0005: the source no longer has its row");
    Run unknown = Run.on(game, "repair", "--key", "p0001", "--key", "nobody");
    assertThat(unknown.err()).contains("--key nobody: the target has no migrated save of this key");
    // Nothing was done, not for the key that could have been repaired either.
    assertThat(game.number("SELECT COUNT(*) FROM picklift_archive")).isEqualTo(6);
    assertThat(Run.on(game, "repair", "--broken").out()).contains("repaired 1 of 1, verified");
  }

  @Test
  void eitherKeysOrAllThatAreBroken() throws Exception {
    Game game = migrated();
    assertThat(Run.on(game, "repair").err()).contains("give --key K or --broken");
    assertThat(Run.on(game, "repair", "--broken", "--key", "p0001").status())
        .isEqualTo(ExitStatus.USAGE);
  }
}
