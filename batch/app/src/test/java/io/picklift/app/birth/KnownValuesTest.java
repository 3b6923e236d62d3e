package io.picklift.app.birth;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An enum's member of a value that no save ever had is refused: Python could not read it. */
@Tag("database")
final class KnownValuesTest {
  private static final int SAVES = 60;

  @TempDir private Path folder = Path.of("");

  private Game cutOver() throws Exception {
    Game game = new Game(folder);
    game.fill(SAVES);
    assertThat(Run.on(game, "migrate").status()).isEqualTo(ExitStatus.DONE);
    assertThat(Run.on(game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    return game;
  }

  private static void rank(Game game, String key, String rank) throws Exception {
    game.target(
        "UPDATE player SET rank_name = '%s' WHERE save_id = (SELECT save_id FROM picklift_save WHERE source_key = '%s')"
            .formatted(rank, key));
  }

  @Test
  void aMemberThatNoSaveHadIsNamedWithTheStatementThatMakesItKnown() throws Exception {
    Game game = cutOver();
    assertThat(
            game.number(
                "SELECT COUNT(DISTINCT rank_name) FROM player WHERE rank_name NOT IN (SELECT"
                    + " CONVERT(value USING utf8mb4) FROM picklift_known_value WHERE class_name ="
                    + " 'game.Rank' AND place = 'player.rank_name')"))
        .isZero();
    String other = game.text("SELECT MAX(rank_name) FROM player");
    String first = game.text("SELECT MIN(rank_name) FROM player");
    assertThat(first).isNotEqualTo(other);
    rank(game, "p0001", String.valueOf(first));
    rank(game, "p0003", String.valueOf(other));
    assertThat(Run.on(game, "restore", "--check").status()).isEqualTo(ExitStatus.DONE);

    rank(game, "p0002", "knight");
    Run check = Run.on(game, "restore", "--check");
    assertThat(check.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(check.out()).contains("could not 1");
    assertThat(check.err())
        .contains(
            "p0002: rank: is 'knight' in player.rank_name, which no save had that was migrated, as"
                + " a member of game.Rank");
    assertThat(Run.on(game, "verify").status()).isEqualTo(ExitStatus.LOOK);
    Run written = Run.on(game, "writeback");
    assertThat(written.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(written.out()).contains("1  left as they are").contains("p0002: rank: is 'knight'");

    String statement = check.err();
    statement =
        statement.substring(statement.indexOf("INSERT INTO")).lines().findFirst().orElse("");
    game.target(statement);
    assertThat(Run.on(game, "restore", "--check").status()).isEqualTo(ExitStatus.DONE);
    assertThat(Run.on(game, "writeback").status()).isEqualTo(ExitStatus.DONE);
  }

  /** What the old application wrote before a save was handed over is known, too. */
  @Test
  void aLaterCutoverLearnsWhatWasMigratedSince() throws Exception {
    Game game = cutOver();
    long before = game.number("SELECT COUNT(*) FROM picklift_known_value");
    game.put("p9000", Game.save(4));
    game.put("p9001", Game.save(5));
    assertThat(Run.on(game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    assertThat(game.number("SELECT COUNT(*) FROM picklift_known_value")).isEqualTo(before);
    game.target(
        "UPDATE player SET level = 7 WHERE save_id = (SELECT save_id FROM picklift_save WHERE source_key = 'p9000')");
    assertThat(Run.on(game, "restore", "--check").status()).isEqualTo(ExitStatus.DONE);
  }
}
