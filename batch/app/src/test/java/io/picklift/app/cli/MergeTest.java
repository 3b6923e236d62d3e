package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.io.IOException;
import java.nio.file.Files;
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

  /** The id of a save, in statements about its rows. */
  private static String of(String sql, String key) {
    return sql.replace(
        ":id", "(SELECT save_id FROM picklift_save WHERE source_key = '" + key + "')");
  }

  private static void done(Run run) {
    assertThat(run.status()).as(run.err() + run.out()).isEqualTo(ExitStatus.DONE);
  }

  private Game game(String name) throws Exception {
    return new Game(Files.createDirectories(folder.resolve(name)));
  }

  private Game migrated(String name, int saves) throws Exception {
    Game game = game(name);
    Files.writeString(
        game.file(),
        Files.readString(game.file()).replace("target:\n", "target:\n  keep_base: true\n"));
    game.fill(saves);
    done(Run.of("migrate", "--config", game.file()));
    return game;
  }

  private static byte[] restored(Game game, String key) throws IOException {
    Path out = Files.createTempDirectory(game.file().getParent(), "out");
    done(Run.of("restore", "--out", out, "--key", key, "--config", game.file()));
    return Files.readAllBytes(out.resolve(key + ".pkl"));
  }

  /** The save with these edits, as an application that has no tables would write it. */
  private byte[] edited(String name, List<String> edits) throws Exception {
    Game game = migrated(name, 2);
    for (String sql : edits) {
      game.target(of(sql, "p0001"));
    }
    return restored(game, "p0001");
  }

  private String json(byte[] pickle) throws Exception {
    Path file = Files.write(Files.createTempFile(folder, "save", ".pkl"), pickle);
    Run decode = Run.of("decode", file);
    done(decode);
    return decode.out();
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
    byte[] theirs = edited("theirs", inSource);
    List<String> all = new ArrayList<>(inSource);
    all.addAll(inTarget);
    byte[] expected = edited("all", all);

    Game game = migrated("game", 2);
    for (String sql : inTarget) {
      game.target(of(sql, "p0001"));
    }
    game.put("p0001", theirs);
    Run merge = Run.of("backfill", "--conflicts", "merge", "--config", game.file());
    done(merge);
    assertThat(merge.err() + merge.out()).contains("1 saves changed in the source", "both sides");
    assertThat(game.number(of("SELECT level FROM player WHERE save_id = :id", "p0001")))
        .isEqualTo(1001);
    assertThat(game.text(of("SELECT name FROM player WHERE save_id = :id", "p0001")))
        .isEqualTo("both");
    assertThat(json(restored(game, "p0001"))).isEqualTo(json(expected));

    // Neither side changes: nothing is done, and nothing is a conflict.
    Run again = Run.of("backfill", "--conflicts", "merge", "--config", game.file());
    done(again);
    assertThat(again.out()).contains("(new 0, changed 0, as before 2)");
    Run verify = Run.of("verify", "--config", game.file());
    assertThat(verify.out()).contains("name").doesNotContain("damaged", "not restorable");

    // The base is what the source had then: the next change is merged with the same edits.
    byte[] next = edited("next", List.of("UPDATE player SET level = 1002 WHERE save_id = :id"));
    game.put("p0001", next);
    done(Run.of("backfill", "--conflicts", "merge", "--config", game.file()));
    assertThat(game.number(of("SELECT level FROM player WHERE save_id = :id", "p0001")))
        .isEqualTo(1002);
    assertThat(game.text(of("SELECT name FROM player WHERE save_id = :id", "p0001")))
        .isEqualTo("both");
  }

  @Test
  void whatBothSidesChangedIsToldByPathAndTheSaveStays() throws Exception {
    byte[] theirs = edited("theirs", List.of("UPDATE player SET level = 1005 WHERE save_id = :id"));
    Game game = migrated("game", 2);
    game.target(of("UPDATE player SET level = 1007, name = 'mine' WHERE save_id = :id", "p0001"));
    game.put("p0001", theirs);
    Run merge = Run.of("backfill", "--conflicts", "merge", "--config", game.file());
    assertThat(merge.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(merge.err() + merge.out())
        .contains("p0001 is not merged: level is 1005 in the source and 1007 in the target");
    assertThat(game.number(of("SELECT level FROM player WHERE save_id = :id", "p0001")))
        .isEqualTo(1007);
  }

  @Test
  void withoutABaseItIsRefusedOrTold() throws Exception {
    Game game = game("game");
    game.fill(2);
    done(Run.of("migrate", "--config", game.file()));
    Run refused = Run.of("backfill", "--conflicts", "merge", "--config", game.file());
    assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(refused.err()).contains("keep_base: true");

    Files.writeString(
        game.file(),
        Files.readString(game.file()).replace("target:\n", "target:\n  keep_base: true\n"));
    game.target(of("UPDATE player SET level = 1007 WHERE save_id = :id", "p0001"));
    game.put("p0001", Game.save(5));
    Run told = Run.of("backfill", "--conflicts", "merge", "--config", game.file());
    assertThat(told.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(told.err() + told.out())
        .contains("p0001 is not merged: ", "without target.keep_base");
  }
}
