package io.picklift.app.cli;

import static io.picklift.app.cli.MergeGames.done;
import static io.picklift.app.cli.MergeGames.ofSave;
import static io.picklift.app.cli.MergeGames.restored;
import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A save that changed in the source after its rows were edited gets the changes of both sides. */
@Tag("database")
final class MergeTest {
  @TempDir private Path folder = Path.of("");

  private MergeGames games() {
    return new MergeGames(folder);
  }

  @Test
  void bothSidesChangesAreInTheRowsAndInTheRestoredPickle() throws Exception {
    List<String> inSource =
        List.of(
            "UPDATE player SET level = 1001 WHERE save_id = :id",
            "UPDATE bag_item SET amount = amount + 5 WHERE save_id = :id AND ordinal = 0");
    List<String> inTarget =
        List.of(
            "UPDATE player SET name = 'both' WHERE save_id = :id",
            "INSERT INTO bag_item (save_id, ordinal, player_ordinal, position, thing, amount)"
                + " SELECT :id, 900, 0, 900, 'anvil', 3");
    byte[] theirs = MergeGames.edited(Game.save(1), inSource);
    List<String> all = new ArrayList<>(inSource);
    all.addAll(inTarget);
    byte[] expected = MergeGames.edited(Game.save(1), all);

    Game game = games().migrated("game", 2);
    for (String sql : inTarget) {
      game.target(ofSave(sql, "p0001"));
    }
    game.put("p0001", theirs);
    Run merge = Run.of("backfill", "--conflicts", "merge", "--config", game.file());
    done(merge);
    assertThat(merge.err() + merge.out())
        .contains("1 save was changed in the source", "both sides");
    assertThat(game.number(ofSave("SELECT level FROM player WHERE save_id = :id", "p0001")))
        .isEqualTo(1001);
    assertThat(game.text(ofSave("SELECT name FROM player WHERE save_id = :id", "p0001")))
        .isEqualTo("both");
    assertThat(games().json(restored(game, "p0001"))).isEqualTo(games().json(expected));

    // Neither side changes: nothing is done, and nothing is a conflict.
    Run again = Run.of("backfill", "--conflicts", "merge", "--config", game.file());
    done(again);
    assertThat(again.out()).contains("(new 0, changed 0, as before 2)");
    Run verify = Run.of("verify", "--config", game.file());
    assertThat(verify.out()).contains("name").doesNotContain("damaged", "not restorable");

    // The base is what the source had then: the next change is merged with the same edits.
    byte[] next =
        MergeGames.edited(
            Game.save(1), List.of("UPDATE player SET level = 1002 WHERE save_id = :id"));
    game.put("p0001", next);
    done(Run.of("backfill", "--conflicts", "merge", "--config", game.file()));
    assertThat(game.number(ofSave("SELECT level FROM player WHERE save_id = :id", "p0001")))
        .isEqualTo(1002);
    assertThat(game.text(ofSave("SELECT name FROM player WHERE save_id = :id", "p0001")))
        .isEqualTo("both");
  }

  @Test
  void whatBothSidesChangedIsToldByPathAndTheSaveStays() throws Exception {
    byte[] theirs =
        MergeGames.edited(
            Game.save(1), List.of("UPDATE player SET level = 1005 WHERE save_id = :id"));
    Game game = games().migrated("game", 2);
    game.target(
        ofSave("UPDATE player SET level = 1007, name = 'mine' WHERE save_id = :id", "p0001"));
    game.put("p0001", theirs);
    Run merge = Run.of("backfill", "--conflicts", "merge", "--config", game.file());
    assertThat(merge.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(merge.err() + merge.out())
        .contains("p0001 is not merged: level is 1005 in the source and 1007 in the target")
        .contains("not updated: p0001; change one of the sides, or take only the source's")
        .doesNotContain("--conflicts merge");
    assertThat(game.number(ofSave("SELECT level FROM player WHERE save_id = :id", "p0001")))
        .isEqualTo(1007);
  }

  @Test
  void withoutABaseItIsRefusedOrTold() throws Exception {
    Game game = games().game("game");
    game.fill(2);
    done(Run.of("migrate", "--config", game.file()));
    Run refused = Run.of("backfill", "--conflicts", "merge", "--config", game.file());
    assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(refused.err()).contains("keep_base: true");

    MergeGames.keep(game);
    game.target(ofSave("UPDATE player SET level = 1007 WHERE save_id = :id", "p0001"));
    game.put("p0001", Game.save(5));
    Run told = Run.of("backfill", "--conflicts", "merge", "--config", game.file());
    assertThat(told.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(told.err() + told.out())
        .contains("p0001 is not merged: ", "without target.keep_base");
  }
}
