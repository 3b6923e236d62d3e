package io.picklift.app.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.schema.testing.TestDatabase;
import io.picklift.schema.yaml.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What following needs is said before anything is written, in one line. */
@Tag("database")
final class FollowCheckTest {
  private static final String PASSWORD = "Pl4nted-pass!";
  private static final Pattern GRANT = Pattern.compile("GRANT .* TO '[^;]*(?=; batch)");
  private static int accounts;

  @TempDir private Path folder = Path.of("");

  /** Why a source is refused; empty where it is not. */
  private static String refused(Game game) throws Exception {
    try (FollowSource source = FollowSource.open(game.config())) {
      assertThat(source).isNotNull();
      return "";
    } catch (ConfigurationException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void aRightThatIsMissingIsNamedWithItsGrant() throws Exception {
    LoggingServer server = LoggingServer.get();
    List<String> rights =
        server.isMySql()
            ? List.of("REPLICATION SLAVE", "REPLICATION CLIENT")
            : List.of("REPLICATION SLAVE", "BINLOG MONITOR", "REPLICA MONITOR");
    try (FollowedGame followed = new FollowedGame(folder)) {
      String text = Files.readString(followed.game.file());
      for (String missing : rights) {
        String user = "pl_f" + ProcessHandle.current().pid() + "_" + accounts++;
        String account = "'" + user + "'@'%'";
        followed.source.atEnd("DROP USER " + account);
        followed.source.run(
            "CREATE USER " + account + " IDENTIFIED BY '" + PASSWORD + "'",
            "GRANT SELECT ON " + followed.source.name() + ".saves TO " + account);
        for (String right : rights) {
          if (!right.equals(missing)) {
            followed.source.run("GRANT " + right + " ON *.* TO " + account);
          }
        }
        Files.writeString(
            followed.game.file(),
            text.replaceFirst("username: .*", "username: " + user)
                .replaceFirst("password: .*", "password: \"" + PASSWORD + "\""));
        String line = refused(followed.game);
        Matcher grant = GRANT.matcher(line);
        assertThat(grant.find()).as("without %s: %s", missing, line).isTrue();
        assertThat(line).contains("GRANT " + missing, "backfill --cron").doesNotContain("\n");
        // The line's own statement is what was missing, and SELECT and the others are all else.
        followed.source.run(grant.group());
        assertThat(refused(followed.game)).isEmpty();
      }
    }
  }

  @Test
  void aSettingThatHidesChangesIsNamed() throws Exception {
    LoggingServer server = LoggingServer.get();
    List<String> wrong = new ArrayList<>();
    try (FollowedGame followed = new FollowedGame(folder)) {
      List<List<String>> settings =
          new ArrayList<>(
              List.of(
                  List.of("binlog_format", "'MIXED'", "'ROW'", "binlog_format=MIXED"),
                  List.of("binlog_format", "'STATEMENT'", "'ROW'", "SET GLOBAL binlog_format")));
      settings.add(
          server.isMySql()
              ? List.of("binlog_row_value_options", "'PARTIAL_JSON'", "''", "PARTIAL_JSON")
              : List.of("log_bin_compress", "1", "0", "log_bin_compress=ON"));
      for (List<String> setting : settings) {
        followed.source.run("SET GLOBAL " + setting.get(0) + " = " + setting.get(1));
        try {
          String line = refused(followed.game);
          if (!line.contains(setting.get(3))) {
            wrong.add(setting + ": " + line);
          }
        } finally {
          followed.source.run("SET GLOBAL " + setting.get(0) + " = " + setting.get(2));
        }
      }
      assertThat(wrong).isEmpty();
      assertThat(refused(followed.game)).isEmpty();
    }
  }

  @Test
  void aTableThatTheLogDoesNotTellOfIsRefused() throws Exception {
    LoggingServer server = LoggingServer.get();
    try (FollowedGame followed = new FollowedGame(folder)) {
      String text = Files.readString(followed.game.file());
      followed.source.run(
          "CREATE TABLE parent (id VARCHAR(40) NOT NULL PRIMARY KEY)",
          "CREATE TABLE child (id VARCHAR(40) NOT NULL PRIMARY KEY, data LONGBLOB,"
              + " FOREIGN KEY (id) REFERENCES parent (id) ON DELETE CASCADE)",
          "CREATE VIEW seen AS SELECT * FROM saves",
          "ALTER TABLE saves ADD COLUMN second INT NOT NULL UNIQUE");
      Files.writeString(followed.game.file(), text.replace("table: saves", "table: child"));
      if (server.isMySql()) {
        assertThat(refused(followed.game)).isEmpty();
      } else {
        assertThat(refused(followed.game)).contains("'child'", "ON DELETE CASCADE");
      }
      Files.writeString(followed.game.file(), text.replace("table: saves", "table: seen"));
      assertThat(refused(followed.game)).contains("'seen' is a view");
      Files.writeString(followed.game.file(), text.replace("key: id", "key: second"));
      assertThat(refused(followed.game)).isEmpty();
      followed.source.run("SET GLOBAL binlog_row_image = 'MINIMAL'");
      try {
        assertThat(refused(followed.game)).contains("SET GLOBAL binlog_row_image = FULL");
      } finally {
        followed.source.run("SET GLOBAL binlog_row_image = 'FULL'");
      }
    }
  }

  @Test
  void aServerWithoutALogIsRefused() throws Exception {
    Game game = new Game(folder);
    if (!isLogging(game)) {
      assertThat(refused(game)).contains("log_bin=OFF", "backfill --cron");
    }
    Path files = Files.createDirectory(folder.resolve("files"));
    String text = Files.readString(game.file());
    Files.writeString(
        game.file(),
        text.replaceFirst("(?s)source:.*?target:", "source:\n  files: " + files + "\ntarget:"));
    assertThat(refused(game)).contains("the source is files");
    game.configure(
        "  replica: {url: '"
            + game.sourceUrl()
            + "', username: "
            + TestDatabase.get().username()
            + "}");
    assertThat(refused(game)).contains("source.replica");
  }

  private static boolean isLogging(Game game) throws Exception {
    return game.number("SELECT @@GLOBAL.log_bin") == 1;
  }
}
