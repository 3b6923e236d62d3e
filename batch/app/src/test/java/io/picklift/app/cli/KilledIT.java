package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar, killed half-way. */
@Tag("database")
final class KilledIT {
  private static final int ROWS = 600;

  @TempDir private Path folder = Path.of("");

  @Test
  void aKilledMigrateGoesOnAndEndsAsIfUndisturbed() throws Exception {
    Game game = new Game(folder);
    game.fill(ROWS);
    Process first = start(game, "migrate");
    awaitTables(game, first);
    try (Connection blocking = game.targetConnection()) {
      // However fast the machine is: the last save waits until this transaction ends.
      blocking.setAutoCommit(false);
      reserve(blocking, String.format("p%04d", ROWS - 1));
      while (first.isAlive() && rows(game) < ROWS / 5) {
        Thread.sleep(20);
      }
      first.destroyForcibly().waitFor();
      blocking.rollback();
    }
    assertThat(rows(game)).as("it was killed before it was done").isBetween(1L, ROWS - 1L);
    // Each transaction is whole: no save without its rows, no rows without a save.
    assertThat(
            game.number(
                "SELECT COUNT(*) FROM picklift_save s LEFT JOIN player p ON p.save_id = s.save_id"
                    + " WHERE p.save_id IS NULL"))
        .isZero();

    assertThat(finish(start(game, "migrate"))).isZero();
    assertThat(rows(game)).isEqualTo(ROWS);
    assertThat(game.number("SELECT COUNT(*) FROM player")).isEqualTo(ROWS);
    assertThat(game.number("SELECT COUNT(*) FROM friend")).isEqualTo(expectedFriends());
    assertThat(
            game.number(
                "SELECT COUNT(DISTINCT source_key) FROM picklift_save WHERE status = 'migrated'"))
        .isEqualTo(ROWS);
    assertThat(finish(start(game, "verify"))).isZero();
  }

  /** Until all are made: none could be while a transaction uses the ledger they refer to. */
  private static void awaitTables(Game game, Process process) throws Exception {
    String tables =
        "SELECT COUNT(*) FROM information_schema.tables"
            + " WHERE table_schema = DATABASE() AND table_name IN ('player', 'friend', 'bag_item')";
    while (process.isAlive() && game.number(tables) < 3) {
      Thread.sleep(20);
    }
  }

  private static void reserve(Connection connection, String key) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO picklift_save (save_id, source_table, source_key, key_sha256, status,"
                + " mapping_sha256, first_seen, last_written) VALUES (1000000, 'saves', ?,"
                + " UNHEX(SHA2(?, 256)), 'migrated', UNHEX(SHA2('', 256)), NOW(6), NOW(6))")) {
      insert.setString(1, key);
      insert.setString(2, key);
      insert.executeUpdate();
    }
  }

  private static long rows(Game game) throws Exception {
    return game.number("SELECT COUNT(*) FROM picklift_save");
  }

  private static long expectedFriends() {
    long friends = 0;
    for (int i = 0; i < ROWS; i++) {
      friends += i % 12 % 5;
    }
    return friends;
  }

  private static Process start(Game game, String command) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    line.add("-jar");
    line.add(String.valueOf(System.getProperty("picklift.jar")));
    line.add(command);
    line.add("--config");
    line.add(game.file().toString());
    return new ProcessBuilder(line).inheritIO().start();
  }

  private static int finish(Process process) throws InterruptedException {
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }
}
