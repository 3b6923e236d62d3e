package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code diff --key}: a row's BLOB against what the tables give for it. */
@Tag("database")
final class DiffCommandTest {
  @TempDir private Path folder = Path.of("");

  private Game migrated() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    game.put("bad", new byte[] {1});
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    return game;
  }

  @Test
  void whatDiffersIsNamedByItsPath() throws Exception {
    Game game = migrated();
    assertThat(Run.of("diff", "--key", "p0001", "--config", game.file()))
        .isEqualTo(new Run(0, "", ""));
    String save = "(SELECT save_id FROM picklift_save WHERE source_key = 'p0001')";
    long level = game.number("SELECT level FROM player WHERE save_id = " + save);
    game.target("UPDATE player SET level = level + 7 WHERE save_id = " + save);
    Run edited = Run.of("diff", "--key", "p0001", "--config", game.file());
    assertThat(edited.status()).isEqualTo(1);
    assertThat(edited.out())
        .isEqualTo("level: " + level + " in the BLOB, " + (level + 7) + " in the tables\n");
    assertThat(Run.of("diff", "--key", "p0002", "--config", game.file()).status()).isZero();
  }

  @Test
  void aSaveThatChangedIsComparedAsItIsNow() throws Exception {
    Game game = migrated();
    game.put("p0000", Game.save(5));
    Run changed = Run.of("diff", "--key", "p0000", "--config", game.file());
    assertThat(changed.status()).isEqualTo(1);
    assertThat(changed.out()).contains(" in the BLOB, ").contains(" in the tables\n");
  }

  @Test
  void whatCannotBeComparedIsToldInOneLine() throws Exception {
    Game game = migrated();
    Run none = Run.of("diff", "--key", "nobody", "--config", game.file());
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("the target has no such save").hasLineCount(1);
    Run quarantined = Run.of("diff", "--key", "bad", "--config", game.file());
    assertThat(quarantined.status()).isEqualTo(2);
    assertThat(quarantined.err()).contains("in quarantine").hasLineCount(1);
    game.target("DELETE FROM player");
    Run lost = Run.of("diff", "--key", "p0001", "--config", game.file());
    assertThat(lost.status()).isEqualTo(1);
    assertThat(lost.err()).contains("the tables give no save: ").hasLineCount(1);
    Run both = Run.of("diff", "--key", "p0001", "a.pkl", "b.pkl", "--config", game.file());
    assertThat(both.status()).isEqualTo(2);
    assertThat(Run.of("diff", "a.pkl").err()).contains("two files or --key");
  }
}
