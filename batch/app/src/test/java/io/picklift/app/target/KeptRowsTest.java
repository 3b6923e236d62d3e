package io.picklift.app.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A column that the mapping does not know shows which rows were written again: a row that was has
 * the column's default.
 */
@Tag("database")
final class KeptRowsTest {
  private static final List<String> TABLES =
      List.of("player", "friend", "player_friend", "bag_item");

  @TempDir private Path folder = Path.of("");

  private static void mark(Game game) throws Exception {
    for (String table : TABLES) {
      game.target("ALTER TABLE " + table + " ADD marker INT NOT NULL DEFAULT 0");
      game.target("UPDATE " + table + " SET marker = 1");
    }
  }

  private static long rewritten(Game game, String table) throws Exception {
    return game.number("SELECT COUNT(*) FROM " + table + " WHERE marker = 0");
  }

  @Test
  void inAChangedSaveTablesWithEqualRowsAreLeftAsTheyAre() throws Exception {
    Game game = new Game(folder);
    game.fill(6);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      mark(game);
      byte[] save = Game.save(3);
      String text = new String(save, StandardCharsets.ISO_8859_1);
      assertThat(text).contains("Player 3");
      game.put("p0003", text.replace("Player 3", "Plauer 4").getBytes(StandardCharsets.ISO_8859_1));
      assertThat(jobs.backfill().replaced()).isEqualTo(1);
      assertThat(game.text("SELECT name FROM player WHERE marker = 0")).isEqualTo("Plauer 4");
      assertThat(rewritten(game, "player")).isEqualTo(1);
      assertThat(rewritten(game, "friend")).isZero();
      assertThat(rewritten(game, "player_friend")).isZero();
      assertThat(rewritten(game, "bag_item")).isZero();
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  /** With its owner's row goes a row, and while others refer to it a row cannot go. */
  @Test
  void foreignKeysToOwnersAndReferencesAreObeyed() throws Exception {
    Game game = new Game(folder);
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        Files.readString(mapping)
            .replace("ledger: picklift_save", "foreign_keys: all")
            .replace("      player: {references: player}\n", ""));
    game.fill(6);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      assertThat(
              game.number(
                  "SELECT COUNT(*) FROM information_schema.referential_constraints WHERE"
                      + " constraint_schema = DATABASE() AND referenced_table_name IN ('player',"
                      + " 'friend')"))
          .isEqualTo(4);
      long things = game.number("SELECT COUNT(*) FROM bag_item");
      mark(game);
      String text = new String(Game.save(3), StandardCharsets.ISO_8859_1);
      game.put("p0003", text.replace("Player 3", "Plauer 4").getBytes(StandardCharsets.ISO_8859_1));
      assertThat(jobs.backfill().replaced()).isEqualTo(1);
      assertThat(rewritten(game, "player")).isEqualTo(1);
      assertThat(rewritten(game, "friend")).isZero();
      assertThat(rewritten(game, "bag_item")).isPositive();
      assertThat(game.number("SELECT COUNT(*) FROM bag_item")).isEqualTo(things);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void anEditedRowDoesNotSurviveAChangeOfItsSave() throws Exception {
    Game game = new Game(folder);
    try (StoreFixture fixture = new StoreFixture(game)) {
      SaveStore store = fixture.store(fixture.mapping());
      store.write(fixture.prepared(0, 6));
      mark(game);
      long rows = game.number("SELECT COUNT(*) FROM friend WHERE save_id = 4");
      assertThat(rows).isPositive();
      game.target("UPDATE friend SET name = 'edited' WHERE save_id = 4 AND ordinal = 0");
      long things = game.number("SELECT COUNT(*) FROM bag_item WHERE save_id = 5");
      assertThat(things).isPositive();
      game.target("DELETE FROM bag_item WHERE save_id = 5 AND ordinal = 0");
      store.write(fixture.prepared(0, 6));
      assertThat(game.number("SELECT COUNT(*) FROM friend WHERE name = 'edited'")).isZero();
      assertThat(rewritten(game, "friend")).isEqualTo(rows);
      assertThat(rewritten(game, "bag_item")).isEqualTo(things);
      assertThat(rewritten(game, "player")).isZero();
      assertThat(rewritten(game, "player_friend")).isZero();
    }
  }

  @Test
  void aRefusedSaveKeepsNoRow() throws Exception {
    Game game = new Game(folder);
    try (StoreFixture fixture = new StoreFixture(game)) {
      SaveStore store = fixture.store(fixture.mapping());
      store.write(fixture.prepared(0, 4));
      // Behind the mapping's back: the server refuses what the mapping lets pass.
      game.target("UPDATE player SET name = 'x' WHERE save_id = 2");
      game.target("ALTER TABLE player ADD CHECK (save_id <> 2 OR name = 'x')");
      assertThat(store.write(fixture.prepared(0, 4)).migrated())
          .containsExactly(true, false, true, true);
      for (String table : TABLES) {
        assertThat(game.number("SELECT COUNT(*) FROM " + table + " WHERE save_id = 2"))
            .as(table)
            .isZero();
      }
      assertThat(game.number("SELECT COUNT(*) FROM picklift_archive")).isEqualTo(3);
      assertThat(game.number("SELECT COUNT(*) FROM picklift_quarantine")).isEqualTo(1);
    }
  }
}
