package io.picklift.app.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Following as a process: its memory, its classes, its end. */
@Tag("database")
final class FollowProcessTest {
  private static final long PATIENCE_SECONDS = 180;

  @TempDir private Path folder = Path.of("");

  private int port;

  private Process start(FollowedGame followed, List<String> options, String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add("io.picklift.app.cli.Main");
    line.addAll(List.of(arguments));
    line.addAll(List.of("--progress", "none", "--config", followed.game.file().toString()));
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }

  private Path log() {
    return folder.resolve("process.log");
  }

  private void await(FollowedGame followed, Process process, String sql) throws Exception {
    long began = System.nanoTime();
    while (followed.game.number(sql) != 1) {
      assertThat(process.isAlive()).as(Files.readString(log())).isTrue();
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began))
          .as("%s: %s", sql, Files.readString(log()))
          .isLessThan(PATIENCE_SECONDS);
      Thread.sleep(50);
    }
  }

  private double metric(String name) throws Exception {
    HttpRequest scrape =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
            .build();
    return HttpClient.newHttpClient()
        .send(scrape, HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name));
  }

  private void awaitMetric(String name, double wanted) throws Exception {
    long began = System.nanoTime();
    while (metric(name) != wanted) {
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began))
          .as("%s: %s", name, Files.readString(log()))
          .isLessThan(PATIENCE_SECONDS);
      Thread.sleep(50);
    }
  }

  private void monitor(FollowedGame followed) throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Path file = followed.game.file();
    Files.writeString(file, Files.readString(file) + "\nmonitor: {port: " + port + "}\n");
  }

  @Test
  void anEventOfSixtyMegabytesPassesInASmallHeap() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.put("p1", 1);
      monitor(followed);
      Process process =
          start(followed, List.of("-Xmx256m"), "migrate", "--follow", "--settle", "100ms");
      try {
        await(
            followed,
            process,
            "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND"
                + " table_name = 'picklift_follow_held'");
        await(followed, process, "SELECT COUNT(*) FROM picklift_follow WHERE state = 'following'");
        boolean isMySql = LoggingServer.get().isMySql();
        for (String id : isMySql ? List.of("big", "compressed") : List.of("big")) {
          String compression =
              "SET SESSION binlog_transaction_compression = " + id.equals("compressed");
          try (java.sql.Connection connection = followed.source.connect();
              java.sql.Statement statement = connection.createStatement()) {
            if (isMySql) {
              statement.execute(compression);
            }
            statement.execute(
                "INSERT INTO saves (id, data) VALUES ('"
                    + id
                    + "', CONCAT(X'80', REPEAT('abcdefghij', 6291456)))");
            statement.execute("UPDATE saves SET name = 'x' WHERE id = '" + id + "'");
          }
          followed.put("after-" + id, 2);
          await(
              followed,
              process,
              "SELECT COUNT(*) FROM picklift_save WHERE status = 'migrated' AND source_key ="
                  + " 'after-"
                  + id
                  + "'");
          await(
              followed,
              process,
              "SELECT COUNT(*) FROM picklift_save WHERE status = 'quarantined' AND source_key = '"
                  + id
                  + "'");
        }
        // What it exposes is what it did.
        int stored = isMySql ? 4 : 2;
        awaitMetric("picklift_follow_saves_total{outcome=\"stored\"}", stored);
        awaitMetric("picklift_follow_pending_keys", 0);
        awaitMetric("picklift_follow_lag_transactions", 0);
        assertThat(metric("picklift_follow_active")).isEqualTo(1);
        assertThat(metric("picklift_follow_lag_seconds")).isLessThan(PATIENCE_SECONDS);
        assertThat(metric("picklift_follow_rows_total")).isGreaterThanOrEqualTo(stored);
        assertThat(metric("picklift_follow_passes_total")).isEqualTo(1);
        assertThat(metric("picklift_saves_total{outcome=\"added\"}")).isEqualTo(1);
        // SIGTERM: behind the batch at hand, with its place.
        process.destroy();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log())).isZero();
        assertThat(Files.readString(log())).contains("1  comparing passes");
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void nothingOfFollowingIsLoadedWithoutIt() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.put("p1", 1);
      for (String command : List.of("migrate", "backfill")) {
        Process process = start(followed, List.of("-Xlog:class+load"), command);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log())).isZero();
        assertThat(Files.readAllLines(log()))
            .noneMatch(line -> line.contains("com.github.shyiko"))
            .noneMatch(line -> line.contains("io.picklift.app.follow."))
            .anyMatch(line -> line.contains("io.picklift.app.job.Jobs "));
      }
    }
  }
}
