package io.picklift.app.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.app.job.LongSavesTest;
import io.picklift.codec.Limits;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.split.RowComputer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("database")
final class SaveStoreTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aTransactionThatIsTriedAgainDoesNotTakeItsSavesApartAgain() throws Exception {
    Game game = new Game(folder);
    game.configure(
        "table: saves\n  key: id\n  blob: data",
        game.targetUrl() + "&sessionVariables=innodb_lock_wait_timeout=1");
    AtomicInteger splits = new AtomicInteger();
    RowComputer counting =
        (table, column, meaning, node) -> {
          splits.incrementAndGet();
          return null;
        };
    try (StoreFixture fixture = new StoreFixture(game);
        Connection blocker = game.targetConnection();
        Statement statement = blocker.createStatement()) {
      Mapping computed =
          fixture.mapping().withComputed("player", "worth", ColumnType.parse("INT"), false);
      MappedTables tables = new MappedTables(computed, counting, Limits.defaults());
      List<PreparedSave> saves = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        saves.add(fixture.prepared(i, tables));
      }
      assertThat(splits).hasValue(5);
      game.target("ALTER TABLE player ADD worth INT");
      blocker.setAutoCommit(false);
      statement.execute("INSERT INTO picklift_column_found VALUES ('saves', 'friend.name')");
      CompletableFuture<Void> released = releasedLater(blocker);
      assertThat(fixture.store(computed).write(saves).migrated()).containsOnly(true);
      released.join();
      assertThat(splits).as("nothing is left to do in the transaction").hasValue(5);
      assertThat(game.number("SELECT COUNT(*) FROM player")).isEqualTo(5);
      assertThat(game.number("SELECT COUNT(*) FROM picklift_save")).isEqualTo(5);
    }
  }

  private static CompletableFuture<Void> releasedLater(Connection blocker) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            blocker.rollback();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        },
        CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSaveThatTheServerRefusesDoesNotTakeItsBatchAlong(boolean insertOnly) throws Exception {
    Game game = new Game(folder);
    try (StoreFixture fixture = new StoreFixture(game)) {
      // Behind the mapping's back: the server refuses what the mapping lets pass.
      game.target("ALTER TABLE player MODIFY name VARCHAR(8) CHARACTER SET latin1");
      game.target("ALTER TABLE friend ADD UNIQUE KEY once (name, since)");
      insertOnly(fixture, insertOnly);
      List<Boolean> migrated =
          fixture.store(fixture.mapping()).write(fixture.prepared(0, 24)).migrated();
      // Player 10 and 11 are too long, twice; from 12 on, friends are there already.
      assertThat(migrated.subList(0, 10)).containsOnly(true);
      assertThat(migrated.subList(10, 12)).containsOnly(false);
      assertThat(migrated.subList(13, 15)).containsOnly(false);
      long written = migrated.stream().filter(is -> is).count();
      assertThat(game.number("SELECT COUNT(*) FROM player")).isEqualTo(written);
      assertThat(game.number("SELECT COUNT(*) FROM picklift_archive")).isEqualTo(written);
      assertThat(game.number("SELECT COUNT(*) FROM picklift_save")).isEqualTo(24);
      assertThat(game.number("SELECT COUNT(*) FROM picklift_quarantine")).isEqualTo(24 - written);
      assertThat(
              game.text(
                  "SELECT message FROM picklift_quarantine JOIN picklift_save USING (save_id) WHERE"
                      + " source_key = 'p0010'"))
          .isEqualTo("the target refused a row: error 1406, SQLSTATE 22001");
      assertThat(
              game.text(
                  "SELECT message FROM picklift_quarantine JOIN picklift_save USING (save_id) WHERE"
                      + " source_key = 'p0013'"))
          .isEqualTo("the target refused a row: error 1062, SQLSTATE 23000, index once");
    }
  }

  /** What is longer than max_allowed_packet can be loaded, and cannot be inserted. */
  @Test
  void aSaveThatIsTooLongForAStatementIsRefusedWithItsSize() throws Exception {
    Game game = new Game(folder);
    int most = LongSavesTest.MOST;
    game.configure(
        "table: saves\n  key: id\n  blob: data", game.targetUrl() + "&maxAllowedPacket=" + most);
    try (StoreFixture fixture = new StoreFixture(game)) {
      insertOnly(fixture, true);
      List<PreparedSave> saves = new ArrayList<>(fixture.prepared(0, 2));
      saves.add(fixture.prepared("long", LongSavesTest.save(most)));
      saves.addAll(fixture.prepared(2, 4));
      assertThat(fixture.store(fixture.mapping()).write(saves).migrated())
          .containsExactly(true, true, false, true, true);
      assertThat(game.text("SELECT CONCAT(reason, ' ', code) FROM picklift_quarantine"))
          .isEqualTo("refused-by-target sql_1153");
      assertThat(game.text("SELECT message FROM picklift_quarantine"))
          .matches(
              "a row of picklift_archive takes an INSERT of 200,\\d{3} bytes, and the target's"
                  + " max_allowed_packet is 100,000: raise it, or let the server take LOAD DATA"
                  + " LOCAL \\(local_infile\\)");
      assertThat(game.number("SELECT blob_bytes FROM picklift_quarantine"))
          .isEqualTo(LongSavesTest.save(most).length);
    }
  }

  private static void insertOnly(StoreFixture fixture, boolean insertOnly) throws SQLException {
    if (insertOnly) {
      try (Connection connection = fixture.writing().connect()) {
        fixture.writing().insertOnly(connection);
      }
    }
  }

  @Test
  void theTablesAreTheSameHoweverTheRowsWent() throws Exception {
    List<String> dumps = new ArrayList<>();
    for (int way = 0; way < 4; way++) {
      Game game = new Game(folder);
      try (StoreFixture fixture = new StoreFixture(game)) {
        insertOnly(fixture, way % 2 == 1);
        // All rows ready before the transaction, or next to none.
        SaveStore store = fixture.store(fixture.mapping(), way < 2 ? 1 << 20 : 1);
        store.write(fixture.prepared(0, 12));
        // The same saves again: replaced, with the ids that they have.
        store.write(fixture.prepared(0, 7));
        dumps.add(dump(game));
      }
    }
    assertThat(dumps.get(0)).contains("Player 7");
    assertThat(dumps).containsOnly(dumps.get(0));
  }

  private static String dump(Game game) throws SQLException {
    StringBuilder dump = new StringBuilder();
    List<String> queries =
        List.of(
            "SELECT * FROM player ORDER BY save_id, ordinal",
            "SELECT * FROM friend ORDER BY save_id, ordinal",
            "SELECT * FROM player_friend ORDER BY save_id, ordinal",
            "SELECT * FROM bag_item ORDER BY save_id, ordinal",
            "SELECT save_id, source_key, HEX(key_sha256), status, HEX(blob_sha256), blob_bytes,"
                + " pickle_bytes, encodings, protocol, HEX(graph_sha256), restored_as, watermark"
                + " FROM picklift_save ORDER BY save_id",
            "SELECT save_id, row_count, HEX(residue), residue_bytes, encoding_recipe,"
                + " HEX(original), value_count, table_value_count, unfit_value_count FROM"
                + " picklift_archive ORDER BY save_id");
    try (Connection connection = game.targetConnection();
        Statement statement = connection.createStatement()) {
      for (String query : queries) {
        try (ResultSet row = statement.executeQuery(query)) {
          while (row.next()) {
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
              dump.append(row.getString(i)).append('|');
            }
            dump.append('\n');
          }
        }
      }
    }
    return dump.toString();
  }

  @Test
  void aRefusedSaveIsMigratedOnceItCanBe() throws Exception {
    Game game = new Game(folder);
    try (StoreFixture fixture = new StoreFixture(game)) {
      SaveStore store = fixture.store(fixture.mapping());
      game.target("ALTER TABLE player MODIFY name VARCHAR(3)");
      assertThat(store.write(fixture.prepared(0, 3)).migrated()).containsOnly(false);
      game.target("ALTER TABLE player MODIFY name VARCHAR(40)");
      assertThat(store.write(fixture.prepared(0, 3)).migrated()).containsOnly(true);
      assertThat(game.number("SELECT COUNT(*) FROM picklift_quarantine")).isZero();
      assertThat(game.number("SELECT COUNT(*) FROM picklift_save WHERE status = 'migrated'"))
          .isEqualTo(3);
      store.delete(List.of(1L, 2L));
      assertThat(game.number("SELECT COUNT(*) FROM player")).isEqualTo(1);
      assertThat(game.number("SELECT COUNT(*) FROM picklift_save WHERE status = 'deleted'"))
          .isEqualTo(2);
    }
  }

  @Test
  void idsGoOnWhereAnEarlierBuildLeftThem() throws Exception {
    Game game = new Game(folder);
    try (StoreFixture fixture = new StoreFixture(game)) {
      fixture.store(fixture.mapping()).write(fixture.prepared(0, 2));
      // A build that lets the ledger count writes beyond what the sequence knows.
      game.target(
          "INSERT INTO picklift_save (save_id, source_table, source_key, key_sha256, status,"
              + " mapping_sha256, first_seen, last_written) VALUES (90000, 'saves', 'x',"
              + " UNHEX(SHA2('x', 256)), 'migrated', UNHEX(SHA2('', 256)), NOW(6), NOW(6))");
      fixture.store(fixture.mapping()).write(fixture.prepared(2, 4));
      assertThat(game.number("SELECT MIN(save_id) FROM picklift_save")).isEqualTo(1);
      assertThat(game.number("SELECT MAX(save_id) FROM picklift_save")).isEqualTo(90_002);
    }
  }
}
