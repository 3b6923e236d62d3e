package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saves that the tables own are not the source's any more, and may be given back to it. */
@Tag("database")
final class CutoverCommandTest {
  private static final String ID = "(SELECT save_id FROM picklift_save WHERE source_key = '%s')";

  @TempDir private Path folder = Path.of("");

  private Game filled() throws Exception {
    Game game = new Game(folder);
    game.fill(6);
    return game;
  }

  private static long owned(Game game) throws Exception {
    return game.number("SELECT COUNT(*) FROM picklift_save WHERE owner = 'tables'");
  }

  private static long level(Game game, String key) throws Exception {
    return game.number("SELECT level FROM player WHERE save_id = " + ID.formatted(key));
  }

  @Test
  void whatTheTablesOwnIsLeftAlone() throws Exception {
    Game game = filled();
    Run cutover = Run.on(game, "cutover", "--key", "p0001", "--key", "p0002");
    assertThat(cutover.err()).isEmpty();
    assertThat(cutover.out()).contains("6  rows in the source", "2  saves handed over");
    assertThat(cutover.status()).isEqualTo(ExitStatus.DONE);
    assertThat(owned(game)).isEqualTo(2);

    // The new application writes one; the old one writes the other all the same, and deletes a
    // third.
    game.target("UPDATE player SET level = 77 WHERE save_id = " + ID.formatted("p0001"));
    long before = level(game, "p0002");
    game.put("p0002", Game.save(900));
    Run backfill = Run.on(game, "backfill");
    assertThat(backfill.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(backfill.out())
        .contains(
            "2  not updated: owned by the tables",
            "1 save owned by the tables was written in the source; these writes are not"
                + " applied: p0002");
    assertThat(level(game, "p0001")).isEqualTo(77);
    assertThat(level(game, "p0002")).isEqualTo(before);
    assertThat(game.number("SELECT left_alone FROM picklift_run ORDER BY run_id DESC LIMIT 1"))
        .isEqualTo(2);

    // An edited save is no fault, one that both wrote is.
    Run verify = Run.on(game, "verify");
    assertThat(verify.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(verify.out())
        .contains("1  edited in the tables, which own them", "the tables own the save")
        .contains("'picklift cutover --back --take-source --key K' takes the source's save")
        .doesNotContain("Run 'picklift backfill'");
    game.put("p0002", Game.save(2));
    assertThat(Run.on(game, "repair", "--key", "p0001").err()).contains("the tables own this save");

    // A row that is gone takes nothing with it.
    game.source("DELETE FROM saves WHERE id = 'p0001'");
    Run gone = Run.on(game, "backfill");
    assertThat(level(game, "p0001")).isEqualTo(77);
    assertThat(game.number("SELECT ledger_owned FROM picklift_run ORDER BY run_id DESC LIMIT 1"))
        .isEqualTo(1);
    assertThat(gone.out())
        .doesNotContain("gone from the source, deleted")
        .contains("1 save owned by the tables is gone from the source: p0001; 'writeback --take");
    assertThat(gone.status()).isEqualTo(ExitStatus.LOOK);
    Run looked = Run.on(game, "verify");
    assertThat(looked.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(looked.out())
        .contains("gone from the source, and the tables own the save", "p0001", "--take-tables");
    assertThat(Run.on(game, "verify", "--key", "p0001").out())
        .contains("gone from the source, and the tables own the save");
  }

  /**
   * Whether its rows were edited or not; until the row is back, or the save is deleted here, too.
   */
  @Test
  void aRowThatIsGoneIsToldByEveryRun() throws Exception {
    Game game = filled();
    Run.on(game, "cutover", "--all");
    game.source("DELETE FROM saves WHERE id IN ('p0001', 'p0002')");
    assertThat(Run.on(game, "writeback").out()).contains("6  unchanged in the tables");
    for (String command : List.of("backfill", "migrate", "backfill")) {
      Run run = Run.on(game, command);
      assertThat(run.out())
          .contains(
              "2 saves owned by the tables are gone from the source: p0001, p0002; 'writeback --take");
      assertThat(run.status()).isEqualTo(ExitStatus.LOOK);
    }
    game.put("p0001", Game.save(1));
    for (String table : List.of("bag_item", "player_friend", "friend", "player")) {
      game.target("DELETE FROM " + table + " WHERE save_id = " + ID.formatted("p0002"));
    }
    Run writeback = Run.on(game, "writeback");
    assertThat(writeback.out()).contains("1  removed saves deleted", "5  unchanged");
    assertThat(writeback.status()).isEqualTo(ExitStatus.DONE);
    Run settled = Run.on(game, "backfill");
    assertThat(settled.out()).doesNotContain("gone from the source:");
    assertThat(settled.status()).isEqualTo(ExitStatus.DONE);
  }

  @Test
  void allAreHandedOverButThoseThatDiffer() throws Exception {
    Game game = filled();
    Run.on(game, "migrate");
    game.target("UPDATE player SET level = 77 WHERE save_id = " + ID.formatted("p0003"));
    Run cutover = Run.on(game, "cutover", "--all");
    assertThat(cutover.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(cutover.out())
        .contains("5  saves handed over", "1  left with their owner", "p0003: ")
        .contains("in the BLOB");
    assertThat(owned(game)).isEqualTo(5);
    Run again = Run.on(game, "cutover", "--all");
    assertThat(again.out()).contains("0  saves handed over", "1  left with their owner");
  }

  /** The command has just run backfill itself. */
  @Test
  void whatToDoAboutAConflictIsTold() throws Exception {
    Game game = filled();
    Run.on(game, "migrate");
    game.target("UPDATE player SET level = 77 WHERE save_id = " + ID.formatted("p0003"));
    game.put("p0003", Game.save(900));
    Run cutover = Run.on(game, "cutover", "--key", "p0003");
    assertThat(cutover.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(cutover.out())
        .contains("p0003: the BLOB changed in the source, and no run has taken it over")
        .contains("'backfill --conflicts take-source' drops these edits")
        .doesNotContain("run backfill");
  }

  @Test
  void theConditionIsOverTheFirstTable() throws Exception {
    Game game = filled();
    Run.on(game, "migrate");
    long level = level(game, "p0004");
    long some = game.number("SELECT COUNT(*) FROM player WHERE level = " + level);
    Run cutover = Run.on(game, "cutover", "--where", "level = " + level);
    assertThat(cutover.out()).contains(some + "  saves handed over");
    assertThat(owned(game)).isEqualTo(some);
    assertThat(Run.on(game, "cutover", "--where", "no_such_column = 1").status())
        .isNotEqualTo(ExitStatus.DONE);
    assertThat(Run.on(game, "cutover").status()).isEqualTo(ExitStatus.USAGE);
    Run wrong = Run.on(game, "cutover", "--where", "nosuch = 3");
    assertThat(wrong.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(wrong.err()).contains("--where: ", "nosuch");
    assertThat(Run.on(game, "cutover", "--all", "--take-source").status())
        .isEqualTo(ExitStatus.USAGE);
    assertThat(Run.on(game, "cutover", "--key", "nobody").out())
        .contains("nobody: no migrated save that the source owns");
  }

  @Test
  void backToTheSource() throws Exception {
    Game game = filled();
    Run.on(game, "cutover", "--all");
    game.target("UPDATE player SET level = 77 WHERE save_id = " + ID.formatted("p0003"));
    game.source("DELETE FROM saves WHERE id = 'p0005'");
    Run back = Run.on(game, "cutover", "--back", "--all");
    assertThat(back.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(back.out())
        .contains("4  saves given back", "p0003: its rows were edited; --take-source gives")
        .contains("p0005: the source no longer has its row");
    assertThat(owned(game)).isEqualTo(2);
    assertThat(level(game, "p0003")).isEqualTo(77);
    // What the source does not have is not given up either.
    Run taken = Run.on(game, "cutover", "--back", "--all", "--take-source");
    assertThat(taken.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(taken.out())
        .contains("1  saves given back", "p0005: the source no longer has its row");
    assertThat(owned(game)).isEqualTo(1);
    assertThat(level(game, "p0003")).isNotEqualTo(77);
    Run verify = Run.on(game, "verify");
    assertThat(verify.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(verify.out()).contains("5 rows", "p0005: gone from the source");
    Path out = folder.resolve("out");
    assertThat(Run.on(game, "restore", "--out", out).status()).isEqualTo(ExitStatus.DONE);
    assertThat(Files.readAllBytes(out.resolve("p0003.pkl"))).isEqualTo(Game.save(3));
  }

  /** New saves are made like the one that was written last: where none can be, that is said. */
  @Test
  void thatNoNewSaveCanBeMadeLikeTheLastOneIsSaid() throws Exception {
    Game game = new Game(folder);
    game.put(
        "z0001",
        "cgame\nPlayer\n.}(S'name'\nS'Ann'\nS'level'\nI7\nu.".getBytes(StandardCharsets.US_ASCII));
    Run zodb = Run.on(game, "cutover", "--all");
    assertThat(zodb.out())
        .contains("1  saves handed over")
        .contains(
            "z0001, the save that was written last, cannot be the template of new saves: it is"
                + " a record of ZODB; new saves cannot be made in the tables");

    // Its recipe holds the whole note.
    String text = Base64.getEncoder().encodeToString(Game.save(4));
    game.put(
        "z0004",
        "{\"note\": \"%s\", \"v\": \"%s\"}"
            .formatted("x".repeat(300), text)
            .getBytes(StandardCharsets.US_ASCII));
    assertThat(Run.on(game, "cutover", "--key", "z0004").out())
        .contains("1  saves handed over")
        .contains("what is around its pickle is too long to be kept for new saves");

    game.put("z0002", Game.save(2));
    assertThat(Run.on(game, "cutover", "--key", "z0002").out()).doesNotContain("template of new");
    game.put("z0003", Game.save(3));
    assertThat(Run.on(game, "migrate").status()).isEqualTo(ExitStatus.DONE);
    game.target(
        "UPDATE picklift_archive SET residue = 'x' WHERE save_id = " + ID.formatted("z0003"));
    game.target("DELETE FROM picklift_proof");
    assertThat(Run.on(game, "cutover", "--all").out())
        .contains("z0003, the save that was written last, cannot be")
        .contains("its archive is damaged: repair migrates it again; new saves are made as before");
  }
}
