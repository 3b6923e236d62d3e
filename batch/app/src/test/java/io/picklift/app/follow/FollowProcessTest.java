package io.picklift.app.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
  private static final long PATIENCE_SECONDS = 60;

  @TempDir private Path folder = Path.of("");

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

  @Test
  void anEventOfSixtyMegabytesPassesInASmallHeap() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.put("p1", 1);
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
