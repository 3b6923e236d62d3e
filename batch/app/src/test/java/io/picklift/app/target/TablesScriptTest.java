package io.picklift.app.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.codec.Limits;
import io.picklift.schema.tables.rows.Ddl;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tables.sql} loads into an empty schema, and a migration goes on from there. */
@Tag("database")
class TablesScriptTest {
  private static final String INDEXES =
      "SELECT COUNT(DISTINCT table_name, index_name) FROM information_schema.statistics WHERE"
          + " table_schema = DATABASE() AND table_name IN ('player', 'friend', 'player_friend',"
          + " 'bag_item')";

  @TempDir private Path folder = Path.of("");

  @Test
  void aMigrationTakesTheTablesThatAreThere() throws Exception {
    Game game = new Game(folder);
    game.fill(12);
    TargetTables tables = TargetTables.read(game.config(), Limits.defaults());
    try (Connection connection = game.connection(game.targetUrl() + "&allowMultiQueries=true");
        Statement statement = connection.createStatement()) {
      statement.execute(Ddl.script(tables.mapping()));
    }
    long indexes = game.number(INDEXES);
    assertThat(indexes).isGreaterThan(8);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    assertThat(game.number("SELECT COUNT(*) FROM picklift_save WHERE status = 'migrated'"))
        .isEqualTo(12);
    assertThat(game.number("SELECT COUNT(*) FROM player")).isGreaterThanOrEqualTo(12);
    assertThat(game.number(INDEXES)).isEqualTo(indexes);
    assertThat(game.number("SELECT COUNT(*) FROM picklift_late_index")).isZero();
  }

  /** A run of an earlier build noted what is missing by the longer names of that time. */
  @Test
  void indexesThatAnEarlierBuildLeftMissingAreMade() throws Exception {
    Game game = new Game(folder);
    game.fill(12);
    try (StoreFixture fixture = new StoreFixture(game);
        Connection connection = game.targetConnection()) {
      long wanted = game.number("SELECT COUNT(*) FROM picklift_late_index");
      game.target(
          "UPDATE picklift_late_index SET index_name = 'ix_player_name' WHERE index_name ="
              + " 'ix_name'");
      assertThat(LateIndexes.make(connection, fixture.mapping(), "player", 2)).isTrue();
      assertThat(
              game.number(
                  "SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema ="
                      + " DATABASE() AND table_name = 'player' AND index_name = 'ix_name'"))
          .isEqualTo(1);
      assertThat(game.number("SELECT COUNT(*) FROM picklift_late_index")).isLessThan(wanted);
    }
  }
}
