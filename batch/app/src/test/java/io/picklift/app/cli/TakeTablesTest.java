package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where both sides wrote, a person may decide for the tables. */
@Tag("database")
final class TakeTablesTest {
  private static final String ID = "(SELECT save_id FROM picklift_save WHERE source_key = '%s')";

  @TempDir private Path folder = Path.of("");

  private Game owned() throws Exception {
    Game game = new Game(folder);
    game.fill(6);
    game.source(
        "ALTER TABLE saves ADD touched DATETIME(6) NOT NULL DEFAULT '2026-01-01' ON UPDATE"
            + " CURRENT_TIMESTAMP(6)");
    game.configure("  watermark: touched\n");
    assertThat(Run.on(game, "cutover", "--all").out()).contains("6  saves handed over");
    return game;
  }

  private static void edit(Game game, String key) throws Exception {
    game.target("UPDATE player SET level = 77 WHERE save_id = " + ID.formatted(key));
  }

  private static void assertAgreed(Game game) throws Exception {
    Run verify = Run.on(game, "verify");
    assertThat(verify.status()).as(verify.out()).isEqualTo(ExitStatus.DONE);
    Run back = Run.on(game, "cutover", "--back", "--all");
    assertThat(back.status()).as(back.out()).isEqualTo(ExitStatus.DONE);
    Run backfill = Run.on(game, "backfill");
    assertThat(backfill.status()).as(backfill.out()).isEqualTo(ExitStatus.DONE);
    assertThat(Run.on(game, "verify").status()).isEqualTo(ExitStatus.DONE);
  }

  @Test
  void whatTheSourceHasIsOverwrittenWhereThatIsAskedFor() throws Exception {
    Game game = owned();
    for (String key : new String[] {"p0001", "p0002", "p0003"}) {
      edit(game, key);
    }
    game.source("UPDATE saves SET data = 'old' WHERE id IN ('p0001', 'p0004')");
    game.source("UPDATE saves SET touched = '2026-02-03 04:05:06.5' WHERE id = 'p0002'");
    game.source("DELETE FROM saves WHERE id = 'p0003'");
    Run left = Run.on(game, "writeback");
    assertThat(left.out())
        .contains("p0001: the BLOB was written in the source since; 'writeback --take-tables")
        .contains(
            "p0002: the source's touched changed since: it was '2026-01-01 00:00:00' and is"
                + " '2026-02-03 04:05:06.500000'; 'writeback --take-tables")
        .contains("p0003: the source no longer has its row; 'writeback --take-tables")
        .contains("3  not written");
    assertThat(left.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(Run.on(game, "writeback", "--take-tables").err())
        .contains("--take-tables needs --key");

    String[] keys = {"p0001", "p0002", "p0003", "p0004"};
    Run run =
        Run.on(
            game,
            "writeback",
            "--take-tables",
            "--key",
            keys[0],
            "--key",
            keys[1],
            "--key",
            keys[2],
            "--key",
            keys[3]);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("3  saves written into the source", "1  new saves added", "0  unchanged");
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertAgreed(game);
    assertThat(game.number("SELECT COUNT(*) FROM player WHERE level = 77")).isEqualTo(3);
  }

  /** Also one that the tables removed, and the source wrote. */
  @Test
  void aRemovedSaveIsDeletedAllTheSame() throws Exception {
    Game game = owned();
    for (String table : new String[] {"bag_item", "player_friend", "friend", "player"}) {
      game.target("DELETE FROM " + table + " WHERE save_id = " + ID.formatted("p0002"));
    }
    game.source("UPDATE saves SET data = 'old' WHERE id = 'p0002'");
    assertThat(Run.on(game, "writeback").out())
        .contains("p0002: the BLOB was written in the source since; 'writeback --take-tables");
    Run run = Run.on(game, "writeback", "--take-tables", "--key", "p0002");
    assertThat(run.out()).contains("1  removed saves deleted");
    assertAgreed(game);
  }

  /** A row that is not of this save is not written over. */
  @Test
  void aRowOutOfScopeStays() throws Exception {
    Game game = owned();
    edit(game, "p0001");
    game.configure("  watermark: touched\n  where: id <> 'p0001'\n");
    Run run = Run.on(game, "writeback", "--take-tables", "--key", "p0001");
    assertThat(run.out()).contains("p0001: source.where now excludes its row in the source\n");
    assertThat(run.status()).isEqualTo(ExitStatus.LOOK);
  }
}
