package io.picklift.app.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.picklift.app.job.Jobs;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A MySQL that does not number its transactions: places are files and offsets. */
@Tag("database")
final class WithoutGtidsTest {
  @TempDir private Path folder = Path.of("");

  private static void number(FollowedGame followed, String... modes) throws Exception {
    for (String mode : modes) {
      followed.source.run("SET GLOBAL gtid_mode = " + mode);
    }
  }

  @Test
  void whatStandsBeforeThePlaceLeadsToNoSecondPass() throws Exception {
    assumeTrue(LoggingServer.get().isMySql(), "only MySQL numbers transactions or does not");
    try (FollowedGame followed = new FollowedGame(folder);
        Connection connection = followed.source.connect();
        Statement statement = connection.createStatement()) {
      number(followed, "ON_PERMISSIVE", "OFF_PERMISSIVE", "OFF");
      try {
        // Prepared in one file of the log, and committed in the next, in which following begins.
        statement.execute("XA START 'one'");
        statement.execute("INSERT INTO saves VALUES ('xa', 'x', NULL)");
        statement.execute("XA END 'one'");
        statement.execute("XA PREPARE 'one'");
        followed.source.run("FLUSH BINARY LOGS");
        try (Connection other = followed.source.connect();
            Statement text = other.createStatement()) {
          text.execute("SET SESSION binlog_format = STATEMENT");
          text.execute("INSERT INTO saves VALUES ('text', 'x', NULL)");
        }
        followed.follow(true, null);
        followed.caughtUp();
        followed.put("p1", 1);
        followed.caughtUp();
        assertThat(followed.said).noneMatch(line -> line.contains("are compared"));
        statement.execute("XA COMMIT 'one'");
        followed.put("p2", 2);
        followed.caughtUp();
        followed.source.run("FLUSH BINARY LOGS", "DELETE FROM saves WHERE id = 'text'");
        followed.caughtUp();
        assertThat(followed.said).anyMatch(line -> line.contains("XA PREPARE was not seen"));
        assertThat(followed.stop().text()).contains("         2  comparing passes");
        try (Jobs jobs = followed.jobs()) {
          assertThat(jobs.verify().findings()).isEqualTo(java.util.Map.of("quarantined", 1L));
        }
      } finally {
        number(followed, "OFF_PERMISSIVE", "ON_PERMISSIVE", "ON");
      }
    }
  }

  @Test
  void aLogThatGoesOnBehindTheLastTransactionIsCaughtUpWith() throws Exception {
    boolean isMySql = LoggingServer.get().isMySql();
    try (FollowedGame followed = new FollowedGame(folder)) {
      if (isMySql) {
        number(followed, "ON_PERMISSIVE", "OFF_PERMISSIVE", "OFF");
      }
      try {
        followed.put("p1", 1);
        followed.follow(true, null);
        followed.caughtUp();
        // The next file of the log has no transaction, as after a server was started anew.
        followed.source.run("FLUSH BINARY LOGS");
        followed.caughtUp();
        followed.stop();
      } finally {
        if (isMySql) {
          number(followed, "OFF_PERMISSIVE", "ON_PERMISSIVE", "ON");
        }
      }
    }
  }

  /** A file that is still being sent is not purged: the server notices late that nobody reads. */
  private static void purge(FollowedGame followed, String to) throws Exception {
    try (Connection connection = followed.source.connect();
        Statement statement = connection.createStatement()) {
      long began = System.nanoTime();
      String first = "";
      while (!first.equals(to)) {
        assertThat(System.nanoTime() - began).as(first).isLessThan(FollowedGame.PATIENCE_NANOS);
        statement.execute("PURGE BINARY LOGS TO '" + to + "'");
        try (java.sql.ResultSet row = statement.executeQuery("SHOW BINARY LOGS")) {
          row.next();
          first = row.getString(1);
        }
        Thread.sleep(100);
      }
    }
  }

  @Test
  void aPurgedLogIsClosedByAComparingPass() throws Exception {
    LoggingServer server = LoggingServer.get();
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.put("p1", 1);
      followed.follow(true, null);
      followed.caughtUp();
      followed.stop();
      followed.put("p1", 2);
      followed.put("p2", 3);
      followed.source.run("FLUSH BINARY LOGS");
      String file;
      try (Connection connection = server.connect("");
          Statement statement = connection.createStatement();
          java.sql.ResultSet row = io.picklift.app.follow.place.ServerLog.status(statement)) {
        row.next();
        file = row.getString(1);
      }
      purge(followed, file);
      followed.follow(false, null);
      followed.caughtUp();
      assertThat(followed.said).anyMatch(line -> line.contains("the server has purged"));
      followed.stop();
      assertThat(followed.game.number("SELECT COUNT(*) FROM player")).isEqualTo(2);
      try (Jobs jobs = followed.jobs()) {
        assertThat(jobs.verify().findings()).isEmpty();
      }
    }
  }
}
