package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that were edited in the target are not replaced or deleted without a word. */
@Tag("database")
final class ConflictsTest {
  private static final String ID = "(SELECT save_id FROM picklift_save WHERE source_key = '%s')";

  @TempDir private Path folder = Path.of("");

  private Game migrated() throws Exception {
    Game game = new Game(folder);
    game.fill(6);
    assertThat(Run.of("migrate", "--config", game.file()).status()).isEqualTo(ExitStatus.DONE);
    return game;
  }

  private static void edit(Game game, String key) throws Exception {
    game.target("UPDATE player SET level = 77 WHERE save_id = " + ID.formatted(key));
  }

  private static long level(Game game, String key) throws Exception {
    return game.number("SELECT level FROM player WHERE save_id = " + ID.formatted(key));
  }

  @Test
  void anEditedSaveThatChangedInTheSourceIsLeftAndTold() throws Exception {
    Game game = migrated();
    edit(game, "p0001");
    game.put("p0001", Game.save(900));
    game.put("p0002", Game.save(901));
    long before = level(game, "p0002");
    Run backfill = Run.of("backfill", "--config", game.file());
    assertThat(backfill.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(backfill.out())
        .contains("(new 0, changed 1, as before 4)", "1  not updated")
        .contains("1 save was changed in the source and edited in the target")
        .contains("not updated: p0001; --conflicts merge takes both");
    assertThat(level(game, "p0001")).isEqualTo(77);
    assertThat(level(game, "p0002")).isNotEqualTo(before);
    assertThat(
            game.number(
                "SELECT source_rows - added - replaced - unchanged - quarantined - changed_since -"
                    + " left_alone FROM picklift_run ORDER BY run_id DESC LIMIT 1"))
        .isZero();

    // It stays so until someone decides; nothing else is written meanwhile.
    Run again = Run.of("backfill", "--config", game.file());
    assertThat(again.out()).contains("(new 0, changed 0, as before 5)", "p0001");
    Run taken = Run.of("backfill", "--conflicts", "take-source", "--config", game.file());
    assertThat(taken.status()).isEqualTo(ExitStatus.DONE);
    assertThat(level(game, "p0001")).isNotEqualTo(77);
    assertThat(Run.of("verify", "--config", game.file()).status()).isEqualTo(ExitStatus.DONE);
  }

  @Test
  void anEditThatWasRestoredIntoTheSourceIsNoConflict() throws Exception {
    Game game = migrated();
    edit(game, "p0001");
    Path out = folder.resolve("out");
    Run.of("restore", "--out", out, "--key", "p0001", "--config", game.file());
    game.put("p0001", Files.readAllBytes(out.resolve("p0001.pkl")));
    Run backfill = Run.of("backfill", "--config", game.file());
    assertThat(backfill.out()).contains("(new 0, changed 1, as before 5)");
    assertThat(backfill.status()).isEqualTo(ExitStatus.DONE);
    assertThat(level(game, "p0001")).isEqualTo(77);
    assertThat(Run.of("verify", "--config", game.file()).status()).isEqualTo(ExitStatus.DONE);
  }

  @Test
  void anEditedSaveThatIsGoneFromTheSourceStays() throws Exception {
    Game game = migrated();
    edit(game, "p0003");
    game.source("DELETE FROM saves WHERE id IN ('p0003', 'p0004')");
    Run backfill = Run.of("backfill", "--config", game.file());
    assertThat(backfill.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(backfill.out())
        .contains("1  gone from the source, deleted", "1 save is gone from the source, but edited");
    assertThat(level(game, "p0003")).isEqualTo(77);
    assertThat(game.number("SELECT COUNT(*) FROM player WHERE save_id = " + ID.formatted("p0004")))
        .isZero();
    assertThat(
            game.number(
                "SELECT ledger_rows - ledger_known - ledger_deleted - ledger_out_of_scope -"
                    + " ledger_held_back - ledger_owned FROM picklift_run ORDER BY run_id DESC"
                    + " LIMIT 1"))
        .isZero();
    // None of those that are gone now may be deleted.
    Run again = Run.of("backfill", "--config", game.file());
    assertThat(again.status()).as(again.err()).isEqualTo(ExitStatus.LOOK);
    assertThat(again.out()).contains("1 save is gone from the source, but edited");
    game.append("run: {conflicts: take-source}\n");
    assertThat(Run.of("backfill", "--config", game.file()).out())
        .contains("1  gone from the source, deleted");
  }

  @Test
  void aRowThatIsMissingIsAnEditAndDamageIsNone() throws Exception {
    Game game = migrated();
    game.target("DELETE FROM player WHERE save_id = " + ID.formatted("p0001"));
    game.target(
        "UPDATE picklift_archive SET encoding_recipe = 'zlib:1' WHERE save_id = "
            + ID.formatted("p0002"));
    game.put("p0001", Game.save(900));
    game.put("p0002", Game.save(901));
    Run backfill = Run.of("backfill", "--config", game.file());
    assertThat(backfill.out()).contains("(new 0, changed 1, as before 4)", "not updated: p0001;");
    assertThat(Run.of("backfill", "--conflicts", "ask", "--config", game.file()).status())
        .isEqualTo(ExitStatus.USAGE);
  }
}
