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
  private static final int ROWS = 2_600;

  /** As many as RestoreTable writes at a time. */
  private static final int RESTORED_AT_A_TIME = 500;

  /** So many that a verify takes long enough to be met half-way, and as many as are one batch. */
  private static final int RATE = 200;

  private static final int VERIFIED_AT_A_TIME = RATE / 10;

  private static final Pattern BEFORE = Pattern.compile("([\\d,]+) rows of these were looked");
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
    Process first =
        start(
            game, "verify", "--partitions", "1", "--max-rate", "" + RATE, "--report", "" + report);
    try (Connection blocking = game.targetConnection();
        Statement statement = blocking.createStatement()) {
      await(() -> !first.isAlive() || lines(state) >= 3);
      statement.execute("LOCK TABLES bag_item WRITE");
      // Nobody reads this table before it is unlocked.
      await(() -> !first.isAlive() || isWaitingForTable(game));
      first.destroyForcibly().waitFor();
      statement.execute("UNLOCK TABLES");
    }
    int done = lines(state) - 1;
    assertThat(done)
        .as("it was killed before it was done")
        .isBetween(2, ROWS / VERIFIED_AT_A_TIME - 1);
    // Whoever began anew would find this one.
    game.target(
        "UPDATE player SET level = 77 WHERE save_id = (SELECT save_id FROM picklift_save"
            + " ORDER BY source_key LIMIT 1)");

    Process second = start(game, "verify", "--partitions", "1", "--report", report.toString());
    assertThat(finish(second)).isZero();
    String json = Files.readString(report.resolve("report.json"));
    Matcher before = BEFORE.matcher(json);
    assertThat(before.find()).as(json.substring(0, Math.min(3_000, json.length()))).isTrue();
    assertThat(Integer.parseInt(before.group(1).replace(",", "")))
        .isEqualTo(done * VERIFIED_AT_A_TIME);
    assertThat(state).doesNotExist();
  }

  @Test
  void restoreIntoATableGoesOnAfterItsLastBatch() throws Exception {
    Game game = migrated();
    int done = 2 * RESTORED_AT_A_TIME;
    String source = Accounts.schema(game.sourceUrl()) + ".saves";
    game.target("CREATE TABLE saves_again LIKE " + source);
    Process first;
    try (Connection blocking = game.targetConnection();
        Statement statement = blocking.createStatement()) {
      // The third batch waits for this row, and comes to no end.
      blocking.setAutoCommit(false);
      statement.execute(
          "INSERT INTO saves_again SELECT s.* FROM (SELECT source_key FROM picklift_save ORDER BY"
              + " save_id LIMIT 1 OFFSET "
              + done
              + ") f JOIN "
              + source
              + " s ON s.id = f.source_key");
      first = start(game, "restore", "--table", "saves_again");
      await(() -> !first.isAlive() || rows(game) == done);
      assertThat(first.isAlive()).as("it was killed before it was done").isTrue();
      first.destroyForcibly().waitFor();
      blocking.rollback();
    }
    assertThat(rows(game)).isEqualTo(done);
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
    return game.number("SELECT COUNT(*) FROM saves_again");
  }

  private static boolean isWaitingForTable(Game game) throws SQLException {
    return game.number(
            "SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE() AND state"
                + " LIKE 'Waiting for table%'")
        > 0;
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waited in vain for five minutes").isLessThan(end);
      Thread.sleep(5);
    }
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
