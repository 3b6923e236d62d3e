package io.picklift.app.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.database.TableNames;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    game.target("DELETE FROM picklift_schema_history WHERE version IN ('40', '45', '87')");
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
                    + " ('40', '45', '87')"))
        .isEqualTo(3);
  }

  /**
   * The process died, or the connection went, after a statement and before Flyway noted it: each
   * migration is made again where it was made.
   */
  @Test
  void eachMigrationMayBeMadeAgain() throws Exception {
    Game game = new Game(folder);
    game.fill(1);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    long made = game.number("SELECT COUNT(*) FROM picklift_schema_history");
    game.target("DELETE FROM picklift_schema_history WHERE version <> '0'");
    try (Jobs jobs = game.open()) {
      assertThat(jobs.backfill().counts().unchanged()).isEqualTo(1);
    }
    assertThat(game.number("SELECT COUNT(*) FROM picklift_schema_history WHERE success = 1"))
        .isEqualTo(made);
  }

  /** Some migrations were written so that they may be made again after builds had made them. */
  @Test
  void aTargetOfABuildWhoseMigrationsReadOtherwiseGetsWhatItLacks() throws Exception {
    Game game = new Game(folder);
    game.fill(1);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    game.target("DELETE FROM picklift_schema_history WHERE version = '83'");
    game.target("ALTER TABLE picklift_restore DROP COLUMN unplaced");
    game.target("UPDATE picklift_schema_history SET checksum = 1 WHERE version IN ('11', '39')");
    try (Jobs jobs = game.open()) {
      assertThat(jobs.backfill().counts().unchanged()).isEqualTo(1);
    }
    assertThat(game.number("SELECT COUNT(unplaced) FROM picklift_restore")).isZero();
  }

  /**
   * They are found in the migrations: a table that is there and not among them is not Picklift's.
   */
  @Test
  void theTablesThatAreMadeAreKnown() throws Exception {
    Game game = new Game(folder);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    Set<String> there = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    try (Connection connection = game.targetConnection()) {
      there.addAll(TableNames.of(connection));
    }
    there.removeAll(Set.of("player", "friend", "player_friend", "bag_item"));
    assertThat(there).contains("picklift_save", "save_sequence", "picklift_schema_history");
    assertThat(TargetSchema.tables()).containsExactlyElementsOf(there);
  }

  @ParameterizedTest
  @ValueSource(strings = {"save_sequence", "picklift_run"})
  void noMappedTableHasTheNameOfOne(String name) throws Exception {
    Game game = new Game(folder);
    game.fill(1);
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(mapping, Files.readString(mapping).replace("  bag_item:", "  " + name + ":"));
    for (String option : List.of("--dry-run", "--partitions=1")) {
      Run run = Run.on(game, "migrate", option);
      assertThat(run.status()).as(option).isEqualTo(ExitStatus.USAGE);
      assertThat(run.err())
          .as(option)
          .contains("the table '" + name + "' has the name of one that Picklift makes in every");
    }
  }
}
