package io.picklift.app.writeback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.account.LedgerReport;
import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.job.Game;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application inserts the rows of a save that it removed once more, at any moment: either the
 * save is there, whole and in the source, or it is gone, and nothing of it is there.
 */
@Tag("database")
final class RemovedSavesComeBackTest {
  private static final String KEY = "p0002";
  private static final List<String> TABLES =
      List.of("player", "friend", "player_friend", "bag_item");

  @TempDir private Path folder = Path.of("");

  private @Nullable Game made;
  private long id;

  /** A game that handed its saves over; the rows of one are kept beside, and removed. */
  private Game removed() throws Exception {
    return removed(new Game(folder));
  }

  private Game removed(Game game) throws Exception {
    made = game;
    game.fill(4);
    assertThat(Run.on(game, "cutover", "--all").out()).contains("4  saves handed over");
    id = game.number("SELECT save_id FROM picklift_save WHERE source_key = '" + KEY + "'");
    for (String table : TABLES) {
      game.target(
          "CREATE TABLE kept_%s AS SELECT * FROM %s WHERE save_id = %d"
              .formatted(table, table, id));
    }
    for (String table : TABLES) {
      game.target("DELETE FROM " + table + " WHERE save_id = " + id);
    }
    return game;
  }

  private static void insertAgain(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.executeUpdate("INSERT INTO " + table + " SELECT * FROM kept_" + table);
      }
    }
  }

  private static void insertAgain(Game game) throws SQLException {
    try (Connection connection = game.targetConnection()) {
      insertAgain(connection);
    }
  }

  private static @Nullable String inSource(Game game) throws SQLException {
    try (Connection connection = game.connection(game.sourceUrl());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT SHA2(data, 256) FROM saves WHERE id = '" + KEY + "'")) {
      return row.next() ? row.getString(1) : null;
    }
  }

  private static @Nullable String inLedger(Game game, String what) throws SQLException {
    return game.text("SELECT " + what + " FROM picklift_save WHERE source_key = '" + KEY + "'");
  }

  private void assertWhole(Game game) throws Exception {
    assertThat(inLedger(game, "CONCAT(status, ' ', owner)")).isEqualTo("migrated tables");
    assertThat(inSource(game)).isNotNull().isEqualTo(inLedger(game, "LOWER(HEX(blob_sha256))"));
    assertThat(game.number("SELECT COUNT(*) FROM picklift_archive WHERE save_id = " + id))
        .isEqualTo(1);
    assertThat(game.number("SELECT COUNT(*) FROM player WHERE save_id = " + id)).isEqualTo(1);
    for (String command : List.of("writeback", "backfill", "verify")) {
      Run run = Run.on(game, command);
      assertThat(run.status()).as(command + run.out() + run.err()).isEqualTo(ExitStatus.DONE);
    }
  }

  /** Waits until a connection of the schema is at a statement with all of these texts. */
  static void await(Game game, String url, String... texts) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!isAt(game, url, texts)) {
      assertThat(System.nanoTime()).as("no connection is at %s", List.of(texts)).isLessThan(end);
      Thread.sleep(20);
    }
  }

  private static boolean isAt(Game game, String url, String... texts) throws Exception {
    try (Connection connection = game.connection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW FULL PROCESSLIST")) {
      while (row.next()) {
        String sql = row.getString("Info");
        if (sql != null
            && connection.getCatalog().equals(row.getString("db"))
            && List.of(texts).stream().allMatch(sql::contains)) {
          return true;
        }
      }
      return false;
    }
  }

  private CompletableFuture<Run> writeback() {
    Game game = Objects.requireNonNull(made);
    return CompletableFuture.supplyAsync(() -> Run.on(game, "writeback"));
  }

  /** Inserted while the source's row is about to be deleted: another one holds that row. */
  @Test
  void rowsThatComeWhileTheSourceIsWrittenAreTheSaveAgain() throws Exception {
    Game game = removed();
    CompletableFuture<Run> run;
    CompletableFuture<String> inserting;
    try (Connection holder = game.connection(game.sourceUrl());
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.executeQuery("SELECT id FROM saves WHERE id = '" + KEY + "' FOR UPDATE").close();
      run = writeback();
      await(game, game.sourceUrl(), "FROM `saves`", "FOR UPDATE");
      CompletableFuture<Void> begun = new CompletableFuture<>();
      inserting =
          CompletableFuture.supplyAsync(
              () -> {
                try (Connection second = game.targetConnection()) {
                  second.setAutoCommit(false);
                  begun.complete(null);
                  insertAgain(second);
                  second.commit();
                  return "inserted";
                } catch (SQLException e) {
                  return String.valueOf(e.getMessage());
                }
              });
      begun.get(2, TimeUnit.MINUTES);
      // It is done, or waits for the write-back.
      long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
      boolean isWaiting = false;
      while (!isWaiting && !inserting.isDone() && System.nanoTime() < end) {
        isWaiting = isAt(game, game.targetUrl(), "INSERT INTO player SELECT");
      }
      holder.rollback();
    }
    assertThat(inserting.get(2, TimeUnit.MINUTES)).isEqualTo("inserted");
    Run ended = run.get(2, TimeUnit.MINUTES);
    assertThat(ended.status()).as(ended.out() + ended.err()).isEqualTo(ExitStatus.DONE);
    // Where the server had not begun with the rows when that run looked last, the next one does it.
    assertThat(Run.on(game, "writeback").status()).isEqualTo(ExitStatus.DONE);
    assertWhole(game);
  }

  /** No foreign key makes whoever inserts wait, and the server's default locks no gaps. */
  @Test
  void withoutForeignKeysWhoInsertsWaitsToo() throws Exception {
    Game game = new Game(folder);
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(
        mapping, Files.readString(mapping).replace("ledger: picklift_save", "foreign_keys: none"));
    game.configure(
        "table: saves\n  key: id\n  blob: data\n",
        game.targetUrl() + "&sessionVariables=transaction_isolation='READ-COMMITTED'");
    removed(game);
    CompletableFuture<Run> run;
    try (Connection holder = game.connection(game.sourceUrl());
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.executeQuery("SELECT id FROM saves WHERE id = '" + KEY + "' FOR UPDATE").close();
      run = writeback();
      await(game, game.sourceUrl(), "FROM `saves`", "FOR UPDATE");
      try (Connection second = game.targetConnection();
          Statement impatient = second.createStatement()) {
        impatient.execute("SET SESSION innodb_lock_wait_timeout = 1");
        assertThatThrownBy(() -> insertAgain(second))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(ServerErrors.isUndone(e)).isTrue());
      }
      holder.rollback();
    }
    assertThat(run.get(2, TimeUnit.MINUTES).out()).contains("1  removed saves deleted");
    assertThat(inSource(game)).isNull();
  }

  /**
   * The source has committed, and the target undoes its part; when it is done again, rows are
   * there.
   */
  @Test
  void rowsThatComeBeforeADeletionIsDoneAgainAreTheSaveAgain() throws Exception {
    Game game = removed();
    game.target(
        """
        CREATE TRIGGER undone BEFORE UPDATE ON picklift_save FOR EACH ROW
        BEGIN
          IF NEW.status = 'deleted' AND OLD.status <> 'deleted' THEN
            SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213;
          END IF;
        END
        """);
    CompletableFuture<Run> run = writeback();
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (inSource(game) != null) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(20);
    }
    try (Connection second = game.targetConnection()) {
      second.setAutoCommit(false);
      insertAgain(second);
      second.commit();
    }
    Run ended = run.get(2, TimeUnit.MINUTES);
    assertThat(ended.status()).as(ended.out() + ended.err()).isEqualTo(ExitStatus.LOOK);
    assertThat(ended.out()).contains(KEY + ": a row of it was written meanwhile");
    assertThat(inLedger(game, "writing_sha256")).isNull();
    game.target("DROP TRIGGER undone");
    assertThat(Run.on(game, "writeback").out()).contains("1  new saves added to the source");
    assertWhole(game);
  }

  /** Tables that are written anew have rows of migrated saves alone. */
  @Test
  void rowsThatCameBackAreNotLostByEvolve() throws Exception {
    Game game = removed();
    assertThat(Run.on(game, "writeback").status()).isEqualTo(ExitStatus.DONE);
    insertAgain(game);
    assertThat(Run.on(game, "restore", "--check", "--key", KEY).err())
        .contains("it was deleted; if the tables have rows of its save_id " + id + " again");
    Path mapping = folder.resolve("mapping.yaml");
    Path next =
        Files.writeString(
            folder.resolve("next.yaml"),
            Files.readString(mapping).replace("level: INT", "level: BIGINT"));
    Run evolve = Run.on(game, "evolve", "--mapping", next);
    assertThat(evolve.status()).as(evolve.out() + evolve.err()).isEqualTo(ExitStatus.LOOK);
    assertThat(evolve.err()).contains(KEY + ": was deleted, and the tables have rows of it");
    assertThat(game.number("SELECT COUNT(*) FROM player WHERE save_id = " + id)).isEqualTo(1);
    assertThat(Run.on(game, "writeback").out()).contains("1  new saves added to the source");
    assertThat(Run.on(game, "evolve", "--mapping", next).status()).isEqualTo(ExitStatus.DONE);
    Files.copy(next, mapping, StandardCopyOption.REPLACE_EXISTING);
    assertWhole(game);
  }

  /** Their residue is kept, and counts for nothing that is told of the target. */
  @Test
  void valuesOfRemovedSavesAreNotCounted() throws Exception {
    Game game = removed();
    game.target("INSERT INTO picklift_column_unfit VALUES (" + id + ", 'player.level', 1)");
    assertThat(Run.on(game, "writeback").out()).contains("1  removed saves deleted");
    assertThat(game.number("SELECT COUNT(*) FROM picklift_column_unfit WHERE save_id = " + id))
        .isEqualTo(1);
    try (Connection connection = game.targetConnection()) {
      assertThat(LedgerReport.values(connection, "saves").unfitByColumn()).isEmpty();
    }
  }

  /** Inserted before, and not committed when the write-back looks first. */
  @Test
  void rowsThatAreCommittedDuringTheRunKeepTheSave() throws Exception {
    Game game = removed();
    CompletableFuture<Run> run;
    try (Connection second = game.targetConnection()) {
      second.setAutoCommit(false);
      insertAgain(second);
      run = writeback();
      await(game, game.targetUrl(), "UPDATE picklift_save SET writing_sha256");
      second.commit();
    }
    Run ended = run.get(2, TimeUnit.MINUTES);
    assertThat(ended.out()).contains(KEY + ": a row of it was written meanwhile");
    assertWhole(game);
  }

  @Test
  void rowsThatComeLaterAreTheSaveAgain() throws Exception {
    Game game = removed();
    assertThat(Run.on(game, "writeback").out()).contains("1  removed saves deleted");
    assertThat(inSource(game)).isNull();
    assertThat(inLedger(game, "status")).isEqualTo("deleted");
    assertThat(Run.on(game, "verify").status()).isEqualTo(ExitStatus.DONE);
    insertAgain(game);
    assertThat(Run.on(game, "writeback").out()).contains("1  new saves added to the source");
    assertWhole(game);
  }

  /** The old application uses the key again, and the new one inserts rows of the former save. */
  @Test
  void rowsOfADeletedSaveAreNotReplaced() throws Exception {
    Game game = removed();
    assertThat(Run.on(game, "writeback").status()).isEqualTo(ExitStatus.DONE);
    insertAgain(game);
    game.put(KEY, Game.save(7));
    Run backfill = Run.on(game, "backfill");
    assertThat(backfill.status()).as(backfill.out() + backfill.err()).isEqualTo(ExitStatus.LOOK);
    assertThat(backfill.out() + backfill.err()).contains(KEY);
    assertThat(game.number("SELECT COUNT(*) FROM bag_item WHERE save_id = " + id))
        .isEqualTo(game.number("SELECT COUNT(*) FROM kept_bag_item"));
    Run run = Run.on(game, "writeback");
    assertThat(run.out()).contains(KEY + ": it is new, and the source has a row of its key");
    // Without rows of the former save the key is free.
    for (String table : TABLES) {
      game.target("DELETE FROM " + table + " WHERE save_id = " + id);
    }
    assertThat(Run.on(game, "writeback").out()).contains("1  removed saves deleted");
    Run free = Run.on(game, "backfill");
    assertThat(free.status()).as(free.out() + free.err()).isEqualTo(ExitStatus.DONE);
    assertThat(inLedger(game, "CONCAT(status, ' ', owner)")).isEqualTo("migrated source");
  }

  /** Nothing is kept that rows of a save could be joined with: they are told, run after run. */
  @Test
  void rowsThatNoSaveCanBeMadeOfAreTold() throws Exception {
    Game game = removed();
    assertThat(Run.on(game, "writeback").status()).isEqualTo(ExitStatus.DONE);
    game.target("DELETE FROM picklift_archive WHERE save_id = " + id);
    insertAgain(game);
    for (int i = 0; i < 2; i++) {
      Run run = Run.on(game, "writeback");
      assertThat(run.status()).isEqualTo(ExitStatus.LOOK);
      assertThat(run.out())
          .contains(KEY + ": the tables have rows of save_id " + id + ", which was deleted");
    }
  }

  /** A process that ended after the source's row was deleted, and before the ledger said so. */
  @Test
  void aDeletionThatWasCutOffIsSettled() throws Exception {
    Game game = removed();
    String entering =
        "UPDATE picklift_save SET writing_sha256 = UNHEX(REPEAT('00', 32)) WHERE save_id = " + id;
    game.target(entering);
    game.source("DELETE FROM saves WHERE id = '" + KEY + "'");
    insertAgain(game);
    assertThat(Run.on(game, "writeback").out()).contains("1  new saves added to the source");
    assertWhole(game);

    // Nor was it deleted where the row is there.
    game.target(entering);
    assertWhole(game);
    assertThat(inLedger(game, "writing_sha256")).isNull();
  }
}
