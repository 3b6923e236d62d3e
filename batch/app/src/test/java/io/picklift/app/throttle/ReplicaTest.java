package io.picklift.app.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.picklift.app.job.Game;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.job.SaidLines;
import io.picklift.app.source.ProgressListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that reads at a replica waits while that is behind. Needs two servers of which one
 * replicates the other, with the account of the test's server: {@code
 * -Dpicklift.test.primary=jdbc:mysql://host:port/ -Dpicklift.test.replica=jdbc:mysql://host:port/}.
 */
@Tag("database")
final class ReplicaTest {
  private static final String OPTIONS = "?allowPublicKeyRetrieval=true&sslMode=DISABLED";
  private static final int ROWS = 20;

  @TempDir private Path folder = Path.of("");

  private final List<String> said = new CopyOnWriteArrayList<>();
  private final String schema = "t_" + UUID.randomUUID().toString().substring(0, 8);

  private static String property(String name) {
    String url = System.getProperty(name, "");
    assumeTrue(!url.isEmpty(), "no -D" + name);
    return url;
  }

  private final ProgressListener saying = new SaidLines(said);

  @Test
  void aRunWaitsForAReplicaThatIsBehind() throws Exception {
    String primary = property("picklift.test.primary") + schema + OPTIONS;
    String replica = property("picklift.test.replica") + schema + OPTIONS;
    Game game = new Game(folder);
    execute(game, property("picklift.test.primary") + OPTIONS, "CREATE DATABASE " + schema);
    try {
      execute(game, primary, "CREATE TABLE saves (id INT PRIMARY KEY, data LONGBLOB)");
      execute(game, primary, "CREATE TABLE other (id INT PRIMARY KEY)");
      fill(game, primary);
      configure(game, primary, replica);
      TimeUnit.SECONDS.sleep(2);
      try (Connection locked = game.connection(replica);
          Statement lock = locked.createStatement()) {
        lock.execute("LOCK TABLES other READ");
        execute(game, primary, "INSERT INTO other VALUES (1)");
        execute(game, primary, "DELETE FROM saves WHERE id = 3");
        TimeUnit.SECONDS.sleep(4);
        migrateWhileHeld(game, "s behind, more than 1", () -> lock.execute("UNLOCK TABLES"));
      }
      assertThat(game.number("SELECT COUNT(*) FROM player")).isEqualTo(ROWS - 1);
      said.clear();
      execute(game, replica, "STOP REPLICA SQL_THREAD");
      migrateWhileHeld(
          game,
          "it does not replicate just now",
          () -> execute(game, replica, "START REPLICA SQL_THREAD"));
    } finally {
      execute(game, property("picklift.test.primary") + OPTIONS, "DROP DATABASE " + schema);
    }
  }

  private interface Action {
    void run() throws Exception;
  }

  private boolean isSaid(String line) {
    return said.stream()
        .anyMatch(
            it -> it.startsWith("throttled by the lag of source.replica: ") && it.contains(line));
  }

  private void migrateWhileHeld(Game game, String line, Action letGo) throws Exception {
    try (Jobs jobs = Jobs.open(game.config(), JobOptions.defaults(), saying)) {
      CompletableFuture<Long> migrated =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return jobs.migrate().migratedTotal();
                } catch (JobFailedException e) {
                  throw new IllegalStateException(e);
                }
              });
      for (int i = 0; i < 1_200 && !isSaid(line); i++) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(isSaid(line)).as("%s", said).isTrue();
      assertThat(migrated).isNotDone();
      letGo.run();
      assertThat(migrated.get(3, TimeUnit.MINUTES)).isEqualTo(ROWS - 1);
    }
    assertThat(said).anyMatch(it -> it.startsWith("the lag of source.replica lets go after "));
  }

  private static void configure(Game game, String primary, String replica) throws Exception {
    game.configure(
        "table: saves\n  key: id\n  blob: data\n  replica: {url: '" + replica + "', max_lag: 1}",
        game.targetUrl());
    String text = Files.readString(game.file());
    Files.writeString(game.file(), text.replace(game.sourceUrl(), primary));
  }

  private static void fill(Game game, String url) throws Exception {
    try (Connection connection = game.connection(url);
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO saves (id, data) VALUES (?, ?)")) {
      for (int i = 0; i < ROWS; i++) {
        insert.setInt(1, i);
        insert.setBytes(2, Game.save(i));
        insert.executeUpdate();
      }
    }
  }

  private static void execute(Game game, String url, String sql) throws SQLException {
    try (Connection connection = game.connection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
