package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.schema.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --dry-run} says what a run would do, and does nothing of it. */
@Tag("database")
final class DryRunTest {
  /** A session in which the server refuses whatever changes something, DDL included. */
  private static final String READ_ONLY = "&sessionVariables=transaction_read_only=1";

  @TempDir private Path folder = Path.of("");

  @Test
  void anEmptyTargetStaysEmpty() throws Exception {
    Game game = new Game(folder);
    game.fill(30);
    game.put("bad", new byte[] {1});
    readOnly(game);
    Run migrate = Run.of("migrate", "--dry-run", "--config", game.file());
    assertThat(migrate.out())
        .contains("        31  rows in the source\n")
        .contains("        30  would be migrated (new 30, changed 0)")
        .contains("         1  would be quarantined\n            1  not-a-pickle")
        .contains("           30  player\n")
        .contains("tables that would be made: player")
        .contains("would be quarantined bad: ")
        .containsPattern("it would take about \\d+ s: ");
    assertThat(migrate.status()).isEqualTo(1);
    assertThat(Run.of("backfill", "--dry-run", "--config", game.file()).out())
        .contains("(new 30, changed 0)");
    assertThat(tables(game)).isEmpty();
  }

  @Test
  void whatItSaysIsWhatTheRunDoesThen() throws Exception {
    Game game = new Game(folder);
    game.fill(30);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    game.put("p0003", Game.save(4));
    game.put("new", Game.save(5));
    game.source("DELETE FROM saves WHERE id IN ('p0010', 'p0011')");
    String before = state(game);
    Run dry = Run.of("backfill", "--dry-run", "--config", game.file());
    assertThat(dry.out())
        .contains("        29  rows in the source\n")
        .contains("         2  would be migrated (new 1, changed 1)\n")
        .contains("        27  are in the target as before")
        .contains("         2  gone from the source, but still in the target: would be deleted");
    assertThat(dry.status()).isZero();
    assertThat(state(game)).isEqualTo(before);
    assertThat(Run.of("backfill", "--dry-run", "--max-deleted", "1", "--config", game.file()).out())
        .contains("one run may delete 1, so none would be deleted; --max-deleted 2 allows it");
    assertThat(Run.of("migrate", "--dry-run", "--config", game.file()).out())
        .contains("(new 1, changed 0)", "backfill deletes them");
    assertThat(Run.of("backfill", "--config", game.file()).out())
        .contains("29  migrated (new 1, changed 1, as before 27)")
        .contains("2  gone from the source, deleted from the target");
  }

  @Test
  void whatWouldBecomeOfCompanionsIsToldToo() throws Exception {
    Game game = new Game(folder);
    game.fill(2);
    game.source("CREATE TABLE letters (id INT PRIMARY KEY, n VARCHAR(9), at VARCHAR(32))");
    game.source("INSERT INTO letters VALUES (1, '1', NULL), (2, '2', ''), (3, 'x', 'y')");
    game.append(
        """
        companions:
          letter:
            from: letters
            key: id
            columns:
              n: {from: n, type: INT, required: true}
              sent_at: {from: at, type: DATETIME(6)}
        """);
    String before = Files.readString(game.file());
    readOnly(game);
    Run first = Run.of("migrate", "--dry-run", "--config", game.file());
    assertThat(first.out())
        .as(first.err())
        .contains(
            "         3  rows for the companion letter: would be copied 2 (new 2, changed 0), as"
                + " before 0, refused 1; gone from the source, would be deleted 0, would be kept"
                + " 0");
    assertThat(first.status()).isEqualTo(1);
    assertThat(tables(game)).isEmpty();
    Files.writeString(game.file(), before);
    assertThat(Run.of("migrate", "--config", game.file()).status()).isEqualTo(1);
    game.source("UPDATE letters SET n = '7' WHERE id = 1");
    game.source("DELETE FROM letters WHERE id = 2");
    game.source("INSERT INTO letters VALUES (4, '4', NULL)");
    String state = state(game);
    assertThat(Run.of("backfill", "--dry-run", "--config", game.file()).out())
        .contains(
            "         3  rows for the companion letter: would be copied 2 (new 1, changed 1), as"
                + " before 0, refused 1; gone from the source, would be deleted 1, would be kept"
                + " 0");
    assertThat(state(game)).isEqualTo(state);
    assertThat(Run.of("migrate", "--dry-run", "--config", game.file()).out())
        .contains("would be deleted 0, would be kept 1");
  }

  @Test
  void selectIsAllThatTheAccountNeeds() throws Exception {
    TestDatabase database = TestDatabase.get();
    // The embedded MariaDB asks nobody who he is.
    assumeTrue(database.isMySql());
    Game game = new Game(folder);
    game.fill(5);
    String user = "dry_" + ProcessHandle.current().pid();
    game.source("CREATE USER '" + user + "' IDENTIFIED BY 'secret'");
    try {
      game.source("GRANT SELECT ON " + schema(game.sourceUrl()) + ".* TO '" + user + "'");
      game.source("GRANT SELECT ON " + schema(game.targetUrl()) + ".* TO '" + user + "'");
      as(game, database, user);
      Run dry = Run.of("migrate", "--dry-run", "--config", game.file());
      assertThat(dry.err()).isEmpty();
      assertThat(dry.out()).contains("(new 5, changed 0)");
      game.configure("");
      try (Jobs jobs = game.open()) {
        jobs.migrate();
      }
      as(game, database, user);
      assertThat(Run.of("backfill", "--dry-run", "--config", game.file()).out())
          .contains("(new 0, changed 0)", "5  are in the target as before");
    } finally {
      game.source("DROP USER '" + user + "'");
    }
  }

  private static void as(Game game, TestDatabase database, String user) throws Exception {
    Files.writeString(
        game.file(),
        Files.readString(game.file())
            .replace("username: " + database.username(), "username: " + user)
            .replace("password: \"" + database.password() + "\"", "password: \"secret\""));
  }

  private static String schema(String url) {
    return url.replaceFirst("\\?.*", "").replaceFirst(".*/", "");
  }

  private static void readOnly(Game game) throws Exception {
    Files.writeString(
        game.file(),
        Files.readString(game.file())
            .replace(game.sourceUrl(), game.sourceUrl() + READ_ONLY)
            .replace(game.targetUrl(), game.targetUrl() + READ_ONLY));
  }

  private static List<String> tables(Game game) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Connection connection = game.targetConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW TABLES")) {
      while (row.next()) {
        tables.add(row.getString(1));
      }
    }
    return tables;
  }

  /** Whatever a run would change. */
  private static String state(Game game) throws SQLException {
    StringBuilder state = new StringBuilder();
    for (String table : tables(game)) {
      try (Connection connection = game.targetConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("CHECKSUM TABLE `" + table + "`")) {
        row.next();
        state.append(table).append(' ').append(row.getString(2)).append('\n');
      }
    }
    return state.toString();
  }
}
