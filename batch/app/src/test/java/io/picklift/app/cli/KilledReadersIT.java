package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} and {@code restore} as processes, killed half-way: they go on where they were. */
@Tag("database")
final class KilledReadersIT {
  private static final int ROWS = 6_000;

  /** As many as a batch has at most; see SaveCursor and RestoreTable. */
  private static final int BATCH = 500;

  private static final Pattern BEFORE = Pattern.compile("([\\d,]+) rows of these had been looked");
  private static final Pattern RESTORED = Pattern.compile("; (\\d+) of these before it was");

  @TempDir private Path folder = Path.of("");

  private Game migrated() throws Exception {
    Game game = new Game(folder);
    game.fill(ROWS);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    return game;
  }

  @Test
  void verifyGoesOnAfterItsLastBatch() throws Exception {
    Game game = migrated();
    Path report = folder.resolve("report");
    Path state = report.resolve(".picklift-verify.state");
    Process first = start(game, "verify", "--partitions", "1", "--report", report.toString());
    try (Connection blocking = game.targetConnection();
        Statement statement = blocking.createStatement()) {
      while (first.isAlive() && lines(state) < 3) {
        Thread.sleep(5);
      }
      // However fast the machine is: nobody reads this table before it is unlocked.
      statement.execute("LOCK TABLES bag_item WRITE");
      Thread.sleep(500);
      first.destroyForcibly().waitFor();
      statement.execute("UNLOCK TABLES");
    }
    int done = lines(state) - 1;
    assertThat(done).as("it was killed before it was done").isBetween(2, ROWS / BATCH - 1);
    // Whoever began anew would find this one.
    game.target(
        "UPDATE player SET level = 77 WHERE save_id = (SELECT save_id FROM picklift_save"
            + " ORDER BY source_key LIMIT 1)");

    Process second = start(game, "verify", "--partitions", "1", "--report", report.toString());
    assertThat(finish(second)).isZero();
    String json = Files.readString(report.resolve("report.json"));
    Matcher before = BEFORE.matcher(json);
    assertThat(before.find()).as(json.substring(0, Math.min(3_000, json.length()))).isTrue();
    assertThat(Integer.parseInt(before.group(1).replace(",", ""))).isEqualTo(done * BATCH);
    assertThat(state).doesNotExist();
  }

  @Test
  void restoreIntoATableGoesOnAfterItsLastBatch() throws Exception {
    Game game = migrated();
    Process first = start(game, "restore", "--table", "saves_again");
    try (Connection blocking = game.targetConnection();
        Statement statement = blocking.createStatement()) {
      while (first.isAlive() && rows(game) < 2 * BATCH) {
        Thread.sleep(5);
      }
      statement.execute("LOCK TABLES saves_again WRITE");
      Thread.sleep(500);
      first.destroyForcibly().waitFor();
      statement.execute("UNLOCK TABLES");
    }
    long done = rows(game);
    assertThat(done).as("it was killed before it was done").isBetween(2L * BATCH, ROWS - 1L);
    assertThat(game.number("SELECT as_migrated FROM picklift_restore")).isEqualTo(done);

    Process second = start(game, "restore", "--table", "saves_again");
    String said =
        new String(second.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(finish(second)).isZero();
    Matcher before = RESTORED.matcher(said);
    assertThat(before.find()).as(said).isTrue();
    assertThat(Long.parseLong(before.group(1))).isEqualTo(done);
    assertThat(said).contains("restored " + ROWS + ": as migrated " + ROWS);
    String both = Accounts.schema(game.sourceUrl()) + ".saves s JOIN saves_again r ON r.id = s.id";
    assertThat(game.number("SELECT COUNT(*) FROM " + both + " WHERE r.data = s.data"))
        .isEqualTo(ROWS);
    assertThat(game.number("SELECT COUNT(*) FROM picklift_restore")).isZero();
  }

  @Test
  void restoreIntoATableThatWasEmptiedSinceStartsAgain() throws Exception {
    Game game = new Game(folder);
    game.fill(20);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    assertThat(Run.of("restore", "--table", "again", "--config", game.file()).status()).isZero();
    game.target(
        "INSERT INTO picklift_restore (table_name, source_table, last_save_id, last_key,"
            + " as_migrated, edited, not_restored, problems, last_written)"
            + " VALUES ('again', 'saves', 15, 'p0014', 15, 0, 0, '', NOW(6))");
    game.target("DELETE FROM again");
    Run run = Run.of("restore", "--table", "again", "--config", game.file());
    assertThat(run.out()).contains("restored 20: as migrated 20").doesNotContain("interrupted");
    assertThat(game.number("SELECT COUNT(*) FROM again")).isEqualTo(20);
  }

  private static long rows(Game game) throws SQLException {
    String there =
        "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()"
            + " AND table_name = 'saves_again'";
    return game.number(there) == 0 ? 0 : game.number("SELECT COUNT(*) FROM saves_again");
  }

  private static int lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  /** The built jar, or where there is none, this test's own classes. */
  private static Process start(Game game, String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    String jar = System.getProperty("picklift.jar");
    line.addAll(
        jar == null
            ? List.of("-cp", System.getProperty("java.class.path"), "io.picklift.app.cli.Main")
            : List.of("-jar", jar));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--config", game.file().toString()));
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static int finish(Process process) throws InterruptedException, IOException {
    process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }
}
