package io.picklift.app.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.picklift.app.job.Jobs;
import io.picklift.schema.yaml.ConfigurationException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A MariaDB that replicates another one, and servers that leave schemas out of their logs. {@code
 * batch/bench/failover.sh} does the same with MySQL.
 */
@Tag("database")
@SuppressWarnings("NullAway.Init")
final class SecondServerTest {
  private static LoggingServer replica;
  private static LoggingServer filtered;

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void start() throws Exception {
    assumeFalse(LoggingServer.get().isMySql(), "MySQL: batch/bench/failover.sh");
    replica =
        LoggingServer.another(
            "replica", 2, "--log-slave-updates=ON", "--binlog-ignore-db=f_ignored");
    filtered =
        LoggingServer.another("filtered", 3, "--log-slave-updates=OFF", "--binlog-do-db=f_kept");
    // A server sends an incident that stands in the same file before the position, too.
    run(LoggingServer.get(), "FLUSH BINARY LOGS");
    String position = ask(LoggingServer.get(), "SELECT @@GLOBAL.gtid_binlog_pos");
    for (LoggingServer server : new LoggingServer[] {replica, filtered}) {
      run(
          server,
          "SET GLOBAL gtid_slave_pos = '" + position + "'",
          """
          CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = %d, MASTER_USER = 'tests',
            MASTER_PASSWORD = 'tests', MASTER_SSL = 0, MASTER_CONNECT_RETRY = 1,
            MASTER_USE_GTID = slave_pos
          """
              .formatted(
                  URI.create(LoggingServer.get().root().substring("jdbc:".length())).getPort()));
    }
    run(replica, "START SLAVE");
  }

  /** It lives as long as the JVM, and would do what all other tests do as well. */
  @AfterAll
  static void stop() throws SQLException {
    if (replica != null) {
      run(replica, "STOP SLAVE");
    }
  }

  private static void run(LoggingServer server, String... statements) throws SQLException {
    try (Connection connection = server.connect("");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String ask(LoggingServer server, String sql) throws SQLException {
    try (Connection connection = server.connect("");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /** The replica has all that its source has. */
  private static void sync() throws Exception {
    String position = ask(LoggingServer.get(), "SELECT @@GLOBAL.gtid_binlog_pos");
    assertThat(ask(replica, "SELECT MASTER_GTID_WAIT('" + position + "', 120)")).isEqualTo("0");
  }

  /** The configuration names another server and schema; what a test writes goes where it went. */
  private static void read(FollowedGame followed, LoggingServer server, String schema)
      throws Exception {
    String text = Files.readString(followed.game.file());
    String url =
        followed
            .source
            .url()
            .replace(LoggingServer.get().root(), server.root())
            .replace(followed.source.name(), schema);
    Files.writeString(followed.game.file(), text.replaceFirst("url: .*", "url: " + url));
  }

  private static void caughtUp(FollowedGame followed) throws Exception {
    sync();
    followed.caughtUp();
  }

  @Test
  void aReplicaIsFollowedAsItsSourceIs() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      read(followed, replica, followed.source.name());
      for (int i = 0; i < 5; i++) {
        followed.put("p" + i, i);
      }
      sync();
      followed.follow(true, null);
      followed.caughtUp();
      followed.put("p1", 7);
      followed.put("new", 8);
      followed.source.run(
          "DELETE FROM saves WHERE id = 'p2'", "UPDATE saves SET id = 'moved' WHERE id = 'p3'");
      caughtUp(followed);
      assertThat(followed.game.number("SELECT COUNT(*) FROM player")).isEqualTo(5);
      // Its own connections are lost, and it goes on.
      run(replica, "STOP SLAVE");
      followed.put("p4", 9);
      run(replica, "START SLAVE");
      caughtUp(followed);
      assertThat(followed.stop().text()).contains("         1  comparing passes");
      followed.put("p1", 2);
      sync();
      followed.follow(false, null);
      followed.source.run("TRUNCATE TABLE saves");
      followed.put("last", 1);
      caughtUp(followed);
      assertThat(followed.said).anyMatch(line -> line.contains("a change of the table itself"));
      followed.stop();
      assertThat(followed.game.number("SELECT COUNT(*) FROM player")).isEqualTo(1);
      try (Jobs jobs = followed.jobs()) {
        assertThat(jobs.verify().findings()).isEmpty();
      }
    }
  }

  /** Why a source is refused; empty where it is not. */
  private static String refused(FollowedGame followed) throws Exception {
    try (FollowSource source = FollowSource.open(followed.game.config())) {
      assertThat(source).isNotNull();
      return "";
    } catch (ConfigurationException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void aLogThatLeavesTheTableOutIsRefused() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      String table = "CREATE TABLE %s.saves (id VARCHAR(40) NOT NULL PRIMARY KEY, data LONGBLOB)";
      run(replica, "CREATE DATABASE f_ignored", table.formatted("f_ignored"));
      for (String schema : new String[] {"f_other", "f_kept"}) {
        run(filtered, "CREATE DATABASE " + schema, table.formatted(schema));
      }
      read(followed, replica, "f_ignored");
      assertThat(refused(followed))
          .contains("binlog_ignore_db=f_ignored leaves f_ignored out of the binary log");
      followed.source.run("CREATE TABLE other (id INT PRIMARY KEY)");
      sync();
    }
    try (FollowedGame followed = new FollowedGame(folder)) {
      read(followed, filtered, "f_other");
      assertThat(refused(followed))
          .contains("binlog_do_db=f_kept leaves f_other out of the binary log");
    }
    try (FollowedGame followed = new FollowedGame(folder)) {
      read(followed, filtered, "f_kept");
      assertThat(refused(followed)).contains("log_replica_updates=OFF");
      run(filtered, "STOP SLAVE", "RESET SLAVE ALL");
      assertThat(refused(followed)).isEmpty();
      followed.follow(true, null);
      followed.caughtUp();
      followed.stop();
      assertThat(followed.said)
          .anyMatch(line -> line.startsWith("binlog_do_db=f_kept hides a TRUNCATE and other DDL"));
    }
  }

  @Test
  void aTableThatIsNotReplicatedIsRefused() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      sync();
      read(followed, replica, followed.source.name());
      assertThat(refused(followed)).isEmpty();
      run(replica, "STOP SLAVE");
      try {
        run(
            replica,
            "SET GLOBAL replicate_wild_ignore_table = '" + followed.source.name() + ".sav%'");
        assertThat(refused(followed)).contains("Replicate_Wild_Ignore_Table=");
      } finally {
        run(replica, "SET GLOBAL replicate_wild_ignore_table = ''", "START SLAVE");
      }
    }
  }
}
