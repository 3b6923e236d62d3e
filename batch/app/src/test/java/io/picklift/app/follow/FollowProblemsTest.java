package io.picklift.app.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import io.picklift.app.job.Jobs;
import io.picklift.schema.yaml.ConfigurationException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log does not tell, and places that are not the server's. */
@Tag("database")
final class FollowProblemsTest {
  @TempDir private Path folder = Path.of("");

  private static void assertEqual(FollowedGame followed) throws Exception {
    try (Jobs jobs = followed.jobs()) {
      assertThat(jobs.verify().findings()).isEmpty();
    }
  }

  private static void begin(FollowedGame followed) throws Exception {
    followed.put("p1", 1);
    followed.put("p2", 2);
    followed.follow(true, null);
    followed.caughtUp();
  }

  private static void assertCompared(FollowedGame followed, String why) throws Exception {
    followed.caughtUp();
    assertThat(followed.said).anyMatch(line -> line.contains("compared: ") && line.contains(why));
    followed.stop();
    assertEqual(followed);
  }

  @Test
  void aPlaceOfAnotherServerIsCompared() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      begin(followed);
      followed.stop();
      boolean isMySql = LoggingServer.get().isMySql();
      followed.game.target(
          isMySql
              ? "UPDATE picklift_follow SET gtids = 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa:1-5'"
              : "UPDATE picklift_follow SET server_id = 'another'");
      followed.put("p1", 3);
      followed.follow(false, null);
      assertCompared(followed, isMySql ? "lacks transactions that were followed" : "another one");
    }
  }

  /** As where a name leads to another server after an outage. */
  @Test
  void aSourceThatIsAnotherOneAfterAnOutageEndsIt() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      begin(followed);
      followed.game.target("UPDATE picklift_source SET place = 'elsewhere.saves'");
      String dumps =
          "SELECT id FROM information_schema.processlist WHERE command LIKE 'Binlog Dump%'";
      try (Connection connection = followed.source.connect();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(dumps)) {
        while (row.next()) {
          kill(followed, row.getLong(1));
        }
      }
      followed.put("p1", 3);
      assertThatThrownBy(followed::caughtUp)
          .rootCause()
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("was elsewhere.saves");
    }
  }

  private static void kill(FollowedGame followed, long connection) throws SQLException {
    try {
      followed.source.run("KILL " + connection);
    } catch (SQLException e) {
      // The one that asked whether the log may be read has ended by itself.
      assertThat(e.getErrorCode()).isEqualTo(MysqlErrorNumbers.ER_NO_SUCH_THREAD);
    }
  }

  @Test
  void aTableThatWasChangedWithoutTheLogIsCompared() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      begin(followed);
      followed.stop();
      try (Connection connection = followed.source.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("SET SESSION sql_log_bin = 0");
        statement.execute("ALTER TABLE saves ADD COLUMN first INT FIRST");
        statement.execute("DELETE FROM saves WHERE id = 'p1'");
      }
      followed.follow(false, null);
      assertCompared(followed, "other columns");
    }
  }

  @Test
  void bothPhasesAreSeenAcrossARestart() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder);
        Connection connection = followed.source.connect();
        Statement statement = connection.createStatement()) {
      begin(followed);
      statement.execute("XA START 'one'");
      statement.execute("DELETE FROM saves WHERE id = 'p1'");
      statement.execute("XA END 'one'");
      long prepared = System.nanoTime();
      statement.execute("XA PREPARE 'one'");
      TimeUnit.MILLISECONDS.sleep(500);
      followed.stop();
      // For five seconds the place waits for the second phase.
      boolean isWaiting = System.nanoTime() - prepared < TimeUnit.SECONDS.toNanos(5);
      statement.execute("XA COMMIT 'one'");
      followed.follow(false, null);
      followed.caughtUp();
      String counts = followed.stop().text();
      if (isWaiting) {
        assertThat(counts).contains("         0  comparing passes");
      }
      assertEqual(followed);
    }
  }

  @Test
  void aPartOfAJsonIsCompared() throws Exception {
    assumeTrue(LoggingServer.get().isMySql(), "only MySQL logs a part of a JSON");
    try (FollowedGame followed = new FollowedGame(folder);
        Connection connection = followed.source.connect();
        Statement statement = connection.createStatement()) {
      followed.source.run("ALTER TABLE saves ADD COLUMN j JSON");
      begin(followed);
      statement.execute("UPDATE saves SET j = JSON_OBJECT('a', REPEAT('x', 5000), 'b', 1)");
      statement.execute("SET SESSION binlog_row_value_options = 'PARTIAL_JSON'");
      statement.execute("UPDATE saves SET j = JSON_SET(j, '$.b', 2), data = NULL, name = 'n'");
      statement.execute("DELETE FROM saves");
      assertCompared(followed, "a part of a JSON");
    }
  }

  /** A server that cannot log what a table without transactions has by then says so in its log. */
  @Test
  void anIncidentIsCompared() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.source.run("CREATE TABLE other (id INT PRIMARY KEY, data LONGBLOB) ENGINE = MyISAM");
      begin(followed);
      String size = "max_binlog_stmt_cache_size";
      followed.source.run("SET GLOBAL " + size + " = 4096");
      try {
        String insert =
            "INSERT INTO other WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n"
                + " WHERE i < 50) SELECT i, REPEAT('x', 10000) FROM n";
        assertThatThrownBy(() -> followed.source.run(insert)).isInstanceOf(SQLException.class);
      } finally {
        followed.source.run("SET GLOBAL " + size + " = DEFAULT");
      }
      followed.put("p1", 3);
      assertCompared(followed, "an incident");
    }
  }

  @Test
  void aTaggedGtidIsCompared() throws Exception {
    assumeTrue(LoggingServer.get().isMySql(), "only MySQL tags");
    assumeFalse(LoggingServer.get().isTarget(), "THE SERVER'S LOG IS RESET AT THE END");
    try (FollowedGame followed = new FollowedGame(folder);
        Connection connection = followed.source.connect();
        Statement statement = connection.createStatement()) {
      begin(followed);
      try {
        statement.execute("SET SESSION gtid_next = 'AUTOMATIC:tag'");
        statement.execute("DELETE FROM saves WHERE id = 'p1'");
        followed.caughtUp();
        statement.execute("DELETE FROM saves WHERE id = 'p2'");
        followed.put("p3", 3);
        assertCompared(followed, "a tagged GTID");
      } finally {
        statement.execute("SET SESSION gtid_next = 'AUTOMATIC'");
        statement.execute("RESET BINARY LOGS AND GTIDS");
      }
    }
  }

  @Test
  void compressedEventsEndItWithALine() throws Exception {
    assumeFalse(LoggingServer.get().isMySql(), "only MariaDB compresses single events");
    try (FollowedGame followed = new FollowedGame(folder)) {
      begin(followed);
      followed.source.run(
          "SET GLOBAL log_bin_compress_min_len = 10", "SET GLOBAL log_bin_compress = 1");
      try {
        followed.put("p1", 3);
        assertThatThrownBy(followed::caughtUp)
            .rootCause()
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("log_bin_compress=ON");
        assertThat(followed.said).anyMatch(line -> line.contains("an event of the unknown type"));
      } finally {
        followed.source.run(
            "SET GLOBAL log_bin_compress = 0", "SET GLOBAL log_bin_compress_min_len = 256");
      }
    }
  }
}
