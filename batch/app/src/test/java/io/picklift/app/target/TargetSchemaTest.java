package io.picklift.app.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("database")
final class TargetSchemaTest {
  @TempDir private Path folder = Path.of("");

  /** Migrations of branches that were merged later have lower numbers than some that were made. */
  @Test
  void anEarlierMigrationIsMadeAfterALaterOne() throws Exception {
    Game game = new Game(folder);
    game.fill(1);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    game.target("DELETE FROM picklift_schema_history WHERE version IN ('40', '45')");
    game.target("ALTER TABLE picklift_save DROP COLUMN writing_sha256");
    game.target("DROP TABLE picklift_evolution, picklift_evolved");
    try (Jobs jobs = game.open()) {
      assertThat(jobs.backfill().counts().unchanged()).isEqualTo(1);
    }
    assertThat(game.number("SELECT COUNT(writing_sha256) FROM picklift_save")).isZero();
    assertThat(game.number("SELECT COUNT(*) FROM picklift_evolution")).isZero();
    assertThat(
            game.number(
                "SELECT COUNT(*) FROM picklift_schema_history WHERE success = 1 AND version IN"
                    + " ('40', '45')"))
        .isEqualTo(2);
  }
}
