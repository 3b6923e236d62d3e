package io.picklift.app.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("database")
final class LateIndexesTest {
  private static final String INDEXES =
      "SELECT COUNT(DISTINCT table_name, index_name) FROM information_schema.statistics WHERE"
          + " table_schema = DATABASE() AND table_name IN ('player', 'friend', 'player_friend',"
          + " 'bag_item') AND index_name <> 'PRIMARY'";

  private static final String MISSING = "SELECT COUNT(*) FROM picklift_late_index";

  @TempDir private Path folder = Path.of("");

  @Test
  void theRunThatMakesTheTablesMakesTheirIndexesAtItsEnd() throws Exception {
    Game game = new Game(folder);
    game.fill(12);
    long wanted;
    try (Jobs jobs = game.open()) {
      wanted = game.number(MISSING);
      assertThat(wanted).isPositive();
      assertThat(game.number(INDEXES)).isZero();
      jobs.migrate();
      assertThat(game.number(MISSING)).isZero();
      assertThat(game.number(INDEXES)).isEqualTo(wanted);
    }
    // A second run finds nothing to make, and indexes that somebody dropped are his decision.
    game.target("ALTER TABLE player DROP KEY ix_name");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      assertThat(game.number(INDEXES)).isEqualTo(wanted - 1);
    }
  }

  @Test
  void whatAKilledRunLeftMissingIsMadeByTheNext() throws Exception {
    Game game = new Game(folder);
    game.fill(12);
    long wanted;
    try (StoreFixture fixture = new StoreFixture(game);
        Connection connection = game.targetConnection()) {
      wanted = game.number(MISSING);
      // Killed after some indexes of a table were made, and before that was noted.
      LateIndexes.make(connection, fixture.mapping(), "player", 2);
      LateIndexes.enter(connection, fixture.mapping(), fixture.mapping().tables().get(0));
      assertThat(game.number(MISSING)).isEqualTo(wanted);
    }
    try (Jobs jobs = game.open()) {
      jobs.backfill();
      assertThat(game.number(MISSING)).isZero();
      assertThat(game.number(INDEXES)).isEqualTo(wanted);
    }
  }

  @Test
  void aUniqueIndexIsThereFromTheStart() throws Exception {
    Game game = new Game(folder);
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        Files.readString(mapping)
            .replace(
                "since: {path: since, type: INT}",
                "player_name: {path: player.name, type: VARCHAR(40), unique: true}"));
    try (Jobs jobs = game.open()) {
      assertThat(game.number(INDEXES)).isEqualTo(1);
      jobs.migrate();
      assertThat(game.number(INDEXES)).isGreaterThan(1);
    }
  }
}
