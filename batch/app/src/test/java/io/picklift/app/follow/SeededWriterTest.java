package io.picklift.app.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.source.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An application that writes in all ways, beside a follower that is killed again and again: the
 * target ends like one that was migrated afterwards. {@code batch/bench/follow.sh} runs it for
 * longer, and kills the server as well.
 */
@Tag("database")
final class SeededWriterTest {
  private static final Logger LOG = LoggerFactory.getLogger(SeededWriterTest.class);
  private static final long SEED = Long.getLong("picklift.follow.seed", 7);
  private static final int SECONDS = Integer.getInteger("picklift.follow.seconds", 20);
  private static final int KILLS = Integer.getInteger("picklift.follow.kills", 3);
  private static final int KEYS = Integer.getInteger("picklift.follow.keys", 300);

  /** Changes a second. */
  private static final int RATE = Integer.getInteger("picklift.follow.rate", 150);

  /** How many of the kills are of the server. */
  private static final int SERVER_KILLS = Integer.getInteger("picklift.follow.serverKills", 1);

  private static final int SERVER_EVERY = KILLS / (SERVER_KILLS + 1) + 1;

  /** In how many seconds after the last change the target has it. */
  private static final int WITHIN = Integer.getInteger("picklift.follow.within", 600);

  private static final int WRITERS = 6;

  @TempDir private Path folder = Path.of("");

  private final Random random = new Random(SEED);
  private final AtomicInteger purged = new AtomicInteger();

  private void prepare(FollowedGame followed) throws Exception {
    // Many rows have the same time.
    followed.source.run(
        "ALTER TABLE saves ADD COLUMN at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE"
            + " CURRENT_TIMESTAMP");
    String text = Files.readString(followed.game.file());
    Files.writeString(
        followed.game.file(),
        text.replaceFirst("  blob: data\n", "  blob: data\n  watermark: at\n")
            + "run:\n  max_deleted: 100%\n");
    followed.source.run("CREATE TABLE other (id INT PRIMARY KEY, touched INT, data LONGBLOB)");
    try (Connection connection = followed.source.connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO other VALUES (?, 0, ?)")) {
      for (int i = 0; i < 12; i++) {
        insert.setInt(1, i);
        insert.setBytes(2, Saves.random(random, 4_096));
        insert.executeUpdate();
      }
    }
    try (Connection connection = followed.source.connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO saves (id, data) VALUES (?, ?)")) {
      connection.setAutoCommit(false);
      for (int i = 0; i < KEYS; i++) {
        insert.setString(1, "p" + i);
        insert.setBytes(2, Saves.random(random, 4_096));
        insert.executeUpdate();
      }
      connection.commit();
    }
  }

  private Process follower(FollowedGame followed, Path log) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.picklift.app.cli.Main",
                "migrate",
                "--follow",
                "--progress",
                "none",
                "--settle",
                "300ms",
                "--config",
                followed.game.file().toString()));
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  @Test
  void aKilledFollowerMissesNothing() throws Exception {
    Path log = folder.resolve("follower.log");
    try (FollowedGame followed = new FollowedGame(folder)) {
      prepare(followed);
      Pace pace = new Pace(RATE);
      List<CompletableFuture<Void>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(
            CompletableFuture.runAsync(
                new SeededWriter(followed.source, SEED * WRITERS + i, KEYS, "w" + i + "-", pace)));
      }
      CompletableFuture<Void> purging = CompletableFuture.runAsync(() -> purge(followed, pace));
      Process process = follower(followed, log);
      try {
        for (int i = 0; i <= KILLS; i++) {
          long part = TimeUnit.SECONDS.toMillis(SECONDS) / (KILLS + 1);
          if (i % 3 != 2) {
            // Now and then it is killed before it follows.
            awaitFollowing(process, log);
          }
          TimeUnit.MILLISECONDS.sleep(random.nextLong(part));
          assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
          if (i < KILLS) {
            if (isServerKilled(i) && isFollowerThere(i)) {
              killServer();
              TimeUnit.SECONDS.sleep(2);
            }
            process.destroyForcibly().waitFor();
            disturb(followed, i);
            process = follower(followed, log);
          }
        }
        while (pace.seconds() < SECONDS) {
          TimeUnit.MILLISECONDS.sleep(20);
        }
        pace.end();
        for (CompletableFuture<Void> writer : writers) {
          writer.get(2, TimeUnit.MINUTES);
        }
        purging.get(2, TimeUnit.MINUTES);
        long began = System.nanoTime();
        try (FollowSource source = FollowSource.open(followed.game.config())) {
          assertThat(CaughtUp.await(source, followed.game.config(), line -> {}))
              .as(Files.readString(log))
              .isTrue();
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        Files.writeString(
            log,
            String.format(
                Locale.ROOT,
                "%s%,d changes, %.0f a second, caught up %,d ms after the last; %d logs purged%n",
                Files.readString(log),
                pace.changes(),
                pace.reached(),
                millis,
                purged.get()));
        process.destroy();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        if (!System.getProperty("picklift.follow.log", "").isEmpty()) {
          Files.copy(
              log,
              Path.of(System.getProperty("picklift.follow.log")),
              java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        assertEqual(followed);
        assertThat(pace.changes()).isPositive();
        assertThat(millis).as("ms to catch up").isLessThan(WITHIN * 1_000L);
      } finally {
        pace.end();
        process.destroyForcibly().waitFor();
      }
    }
  }

  /** Waits until a follower says that it follows. */
  private void awaitFollowing(Process process, Path log) throws Exception {
    long before = lines(log);
    while (process.isAlive() && lines(log) == before) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static long lines(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.startsWith("following saves from")).count();
    }
  }

  /** What happens while nobody follows. */
  private void disturb(FollowedGame followed, int number) throws Exception {
    if (number % 3 == 1) {
      followed.source.run("FLUSH BINARY LOGS");
    }
    if (number % 5 == 4) {
      followed.source.run("ALTER TABLE other ADD COLUMN c" + number + " INT");
    }
    if (isServerKilled(number) && !isFollowerThere(number)) {
      killServer();
    }
  }

  private static boolean isServerKilled(int number) {
    return SERVER_KILLS > 0 && number % SERVER_EVERY == SERVER_EVERY - 1;
  }

  /** The first time the follower sees its server go, the second time it is dead itself. */
  private static boolean isFollowerThere(int number) {
    return number / SERVER_EVERY % 2 == 0;
  }

  private static void killServer() throws Exception {
    ServerKill kill = LoggingServer.get().kill();
    if (kill != null) {
      kill.killAndStart();
    }
  }

  /** Purges each file of the log once it is passed. */
  private void purge(FollowedGame followed, Pace pace) {
    while (!pace.isEnded()) {
      try {
        TimeUnit.SECONDS.sleep(2);
        String file = followed.game.text("SELECT log_file FROM picklift_follow");
        if (file != null && !pace.isEnded()) {
          followed.source.run("FLUSH BINARY LOGS", "PURGE BINARY LOGS TO '" + file + "'");
          purged.incrementAndGet();
        }
      } catch (SQLException e) {
        // The server is being killed, or the target has no such table yet.
        LOG.info("no log was purged: {}", e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void assertEqual(FollowedGame followed) throws Exception {
    try (Jobs jobs = followed.jobs()) {
      assertThat(jobs.verify().findings()).containsOnlyKeys("quarantined");
    }
    Path other = Files.createDirectory(folder.resolve("fresh"));
    Game fresh = new Game(other);
    String own = Files.readString(followed.game.file());
    Files.writeString(fresh.file(), own.replace(followed.game.targetUrl(), fresh.targetUrl()));
    try (Jobs jobs = Jobs.open(fresh.config(), JobOptions.defaults(), ProgressListener.NONE)) {
      jobs.migrate();
    }
    assertThat(saves(followed.game)).isEqualTo(saves(fresh));
    for (String table : List.of("player", "friend", "bag_item", "picklift_quarantine")) {
      String count = "SELECT COUNT(*) FROM " + table;
      assertThat(followed.game.number(count)).as(table).isEqualTo(fresh.number(count));
    }
  }

  /** What the ledger has of each save, by its key. */
  private static Map<String, String> saves(Game game) throws SQLException {
    String sql =
        "SELECT source_key, status, HEX(blob_sha256) FROM picklift_save WHERE status <> 'deleted'";
    Map<String, String> saves = new TreeMap<>();
    try (Connection connection = game.targetConnection();
        Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      while (row.next()) {
        saves.put(row.getString(1), row.getString(2) + " " + row.getString(3));
      }
    }
    return saves;
  }
}
