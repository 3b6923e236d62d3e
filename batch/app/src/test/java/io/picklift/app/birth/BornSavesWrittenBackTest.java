package io.picklift.app.birth;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import io.picklift.app.source.Sha256;
import io.picklift.codec.Limits;
import io.picklift.codec.pickle.PickleDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the new application makes and removes comes into the source, and goes from it. */
@Tag("database")
final class BornSavesWrittenBackTest {
  private static final String ROWS =
      "INSERT INTO player (save_id, ordinal, name, level, money, rank_name, seen, purse) VALUES"
          + " (:id, 0, 'Ann', 7, 1.5, 'king', '2026-01-02 03:04:05', 2.50); INSERT INTO bag_item"
          + " (save_id, ordinal, player_ordinal, position, thing, amount) VALUES"
          + " (:id, 0, 0, 0, 'rope', 3)";

  private static final String DATA = "SELECT HEX(data) FROM saves WHERE id = 'n0001'";

  @TempDir private Path folder = Path.of("");

  private Game cutOver() throws Exception {
    Game game = new Game(folder);
    game.fill(6);
    game.source("UPDATE saves SET level = 7 * CAST(SUBSTRING(id, 2) AS UNSIGNED)");
    game.source("ALTER TABLE saves ADD COLUMN guild INT NOT NULL DEFAULT 1");
    game.source("ALTER TABLE saves ALTER COLUMN guild DROP DEFAULT");
    game.configure("  columns: {level: level}");
    assertThat(Run.on(game, "cutover", "--all").out()).contains("6  saves handed over");
    return game;
  }

  private static @Nullable String source(Game game, String sql) throws Exception {
    try (Connection connection = game.connection(game.sourceUrl());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  private byte[] restored(Game game, String key) throws Exception {
    Path out = folder.resolve("out" + System.nanoTime());
    Run.on(game, "restore", "--out", out, "--key", key);
    return Files.readAllBytes(out.resolve(key + ".pkl"));
  }

  private static void remove(Game game, String key) throws Exception {
    for (String table : List.of("bag_item", "player_friend", "friend", "player")) {
      game.target(
          "DELETE FROM %s WHERE save_id = (SELECT save_id FROM picklift_save WHERE source_key = '%s')"
              .formatted(table, key));
    }
  }

  private static void agree(Game game) throws Exception {
    for (String command : List.of("backfill", "verify")) {
      Run run = Run.on(game, command);
      assertThat(run.status()).as(command + run.out() + run.err()).isEqualTo(ExitStatus.DONE);
    }
  }

  @Test
  void newSavesAreAddedAndRemovedOnesDeleted() throws Exception {
    Game game = cutOver();
    NewApplication.save(game, "n0001", ROWS);
    Run lacking = Run.on(game, "writeback");
    assertThat(lacking.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(lacking.out())
        .contains(
            "n0001: the source's table has a column without a default, column guild: source.insert");
    game.configure("  columns: {level: level}\n  insert: {guild: 42}");
    byte[] wanted = restored(game, "n0001");
    Run run = Run.on(game, "writeback");
    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out())
        .contains("0  saves written into the source", "1  new saves added", "6  unchanged in");
    assertThat(source(game, "SELECT HEX(data) FROM saves WHERE id = 'n0001'"))
        .isEqualToIgnoringCase(HexFormat.of().formatHex(wanted));
    assertThat(source(game, "SELECT CONCAT(level, ' ', guild) FROM saves WHERE id = 'n0001'"))
        .isEqualTo("7 42");
    assertThat(new PickleDecoder(Limits.defaults()).decode(wanted).size()).isPositive();
    agree(game);
    assertThat(Run.on(game, "writeback").out()).contains("7  unchanged in the tables");

    game.target("UPDATE player SET level = 8 WHERE name = 'Ann'");
    assertThat(Run.on(game, "writeback").out()).contains("1  saves written into the source");
    assertThat(source(game, "SELECT level FROM saves WHERE id = 'n0001'")).isEqualTo("8");

    remove(game, "n0001");
    remove(game, "p0002");
    NewApplication.save(game, "n0002", ROWS);
    remove(game, "n0002");
    Run removed = Run.on(game, "writeback");
    assertThat(removed.status()).as(removed.out()).isEqualTo(ExitStatus.DONE);
    assertThat(removed.out()).contains("3  removed saves deleted", "5  unchanged in");
    assertThat(source(game, "SELECT COUNT(*) FROM saves")).isEqualTo("5");
    assertThat(game.number("SELECT COUNT(*) FROM picklift_save WHERE status = 'deleted'"))
        .isEqualTo(3);
    agree(game);
    // The old application may use the key again.
    game.source(
        "INSERT INTO saves (id, level, guild, data) SELECT 'p0002', level, 1, data FROM saves WHERE"
            + " id = 'p0003'");
    agree(game);
  }

  @Test
  void nothingIsAddedOrDeletedOverWhatTheSourceHas() throws Exception {
    Game game = cutOver();
    game.configure("  columns: {level: level}\n  insert: {guild: 42}");
    NewApplication.save(game, "n0001", ROWS);
    game.source("INSERT INTO saves (id, guild, data) VALUES ('n0001', 1, 'old')");
    remove(game, "p0001");
    game.source("UPDATE saves SET data = 'old' WHERE id = 'p0001'");
    Run run = Run.on(game, "writeback");
    assertThat(run.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(run.out())
        .contains("n0001: it is new, and the source has a row of its key")
        .contains("p0001: the BLOB was written in the source since");
    assertThat(source(game, "SELECT COUNT(*) FROM saves WHERE data = 'old'")).isEqualTo("2");

    game.append("run:\n  max_deleted: 1\n");
    remove(game, "p0002");
    Run bounded = Run.on(game, "writeback");
    assertThat(bounded.out())
        .contains(
            "p0002: it has no rows left; of 2 such saves run.max_deleted allows one run to delete 1");
    assertThat(source(game, "SELECT COUNT(*) FROM saves")).isEqualTo("7");
  }

  /** Its tables show a part of it alone: without that, the rest is in the source still. */
  @Test
  void aSaveThatNoTableShowsItselfIsNotDeleted() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    Files.writeString(
        folder.resolve("mapping.yaml"),
        """
        version: 1
        ledger: picklift_save
        tables:
          friend:
            class: game.Friend
            columns:
              name: VARCHAR(40)
        """);
    assertThat(Run.on(game, "cutover", "--all").out()).contains("2  saves handed over");
    game.target("DELETE FROM friend");
    Run run = Run.on(game, "writeback");
    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitStatus.LOOK);
    assertThat(run.out()).contains("p0001: best: its row 0 is missing in table friend");
    assertThat(source(game, "SELECT COUNT(*) FROM saves")).isEqualTo("3");
  }

  /** Killed after the source was written, before the ledger says so. */
  @Test
  void aNewSaveThatWasCutOffIsSettled() throws Exception {
    Game game = cutOver();
    NewApplication.save(game, "n0001", ROWS);
    byte[] made = restored(game, "n0001");
    game.target(
        "UPDATE picklift_save SET writing_sha256 = UNHEX('%s') WHERE source_key = 'n0001'"
            .formatted(HexFormat.of().formatHex(Sha256.of(made))));
    game.source(
        "INSERT INTO saves (id, level, guild, data) VALUES ('n0001', 7, 1, UNHEX('%s'))"
            .formatted(HexFormat.of().formatHex(made)));
    agree(game);
    assertThat(Run.on(game, "writeback").out()).contains("7  unchanged in the tables");
  }

  /** What others are made like changes with each cutover, and the old application has the save. */
  @Test
  void aNewSaveStaysAsItWasWritten() throws Exception {
    Game game = cutOver();
    game.configure("  columns: {level: level}\n  insert: {guild: 42}");
    NewApplication.save(game, "n0001", ROWS);
    assertThat(Run.on(game, "writeback").status()).isEqualTo(ExitStatus.DONE);
    String written = Objects.requireNonNull(source(game, DATA));
    otherTemplate(game);
    Run again = Run.on(game, "writeback");
    assertThat(again.status()).as(again.out() + again.err()).isEqualTo(ExitStatus.DONE);
    assertThat(again.out()).contains("8  unchanged in");
    assertThat(source(game, DATA)).isEqualTo(written);
    agree(game);

    // Another new one is made like others as they are now; this one, edited, like itself.
    NewApplication.save(game, "n0002", ROWS);
    game.target("UPDATE player SET level = 8 WHERE name = 'Ann'");
    assertThat(Run.on(game, "writeback").out()).contains("1  saves written", "1  new saves");
    assertThat(source(game, DATA)).startsWith(written.substring(0, 4)).isNotEqualTo(written);
    assertThat(source(game, DATA.replace("n0001", "n0002"))).startsWith("8005");
    agree(game);
    Run back = Run.on(game, "cutover", "--back", "--all");
    assertThat(back.out()).contains("9  saves given back");
    agree(game);
  }

  /** The old application had the key first: what it wrote replaces the rows. */
  @Test
  void theSourceIsTakenForANewSave() throws Exception {
    Game game = cutOver();
    game.configure("  columns: {level: level}\n  insert: {guild: 42}");
    game.source("ALTER TABLE saves ALTER COLUMN guild SET DEFAULT 1");
    NewApplication.save(game, "n0001", ROWS);
    NewApplication.save(game, "n0002", ROWS.replace("'Ann'", "'Bea'"));
    game.put("n0001", Game.save(3));
    game.source("UPDATE saves SET level = 21 WHERE id = 'n0001'");
    assertThat(Run.on(game, "writeback").out()).contains("n0001: it is new, and the source has");
    Run kept = Run.on(game, "cutover", "--back", "--key", "n0001");
    assertThat(kept.out()).contains("0  saves given back");
    game.target("UPDATE player SET level = 70 WHERE name = 'Bea'");
    for (String key : List.of("n0001", "n0002")) {
      Run taken = Run.on(game, "cutover", "--back", "--take-source", "--key", key);
      assertThat(taken.out()).as(taken.err()).contains("1  saves given back");
    }
    assertThat(game.number("SELECT COUNT(*) FROM player WHERE name IN ('Ann', 'Bea')")).isOne();
    assertThat(game.number("SELECT level FROM player WHERE name = 'Bea'")).isEqualTo(7);
    assertThat(
            game.number(
                "SELECT COUNT(*) FROM picklift_save WHERE restored_as = 'identical' AND source_key"
                    + " LIKE 'n%' AND HEX(blob_sha256) IS NOT NULL"))
        .isEqualTo(2);
    assertThat(restored(game, "n0001")).isEqualTo(Game.save(3));
    agree(game);
  }

  /** An earlier Picklift kept nothing of it: the first look at it does. */
  @Test
  void oneThatWasWrittenEarlierStaysAsItIsNow() throws Exception {
    Game game = cutOver();
    game.configure("  columns: {level: level}\n  insert: {guild: 42}");
    long id = NewApplication.save(game, "n0001", ROWS);
    NewApplication.save(game, "n0002", ROWS);
    assertThat(Run.on(game, "writeback").status()).isEqualTo(ExitStatus.DONE);
    String written = source(game, DATA);
    game.target("DELETE FROM picklift_archive WHERE save_id >= " + id);
    assertThat(Run.on(game, "writeback").out()).contains("8  unchanged in");
    otherTemplate(game);
    assertThat(Run.on(game, "writeback").out()).contains("9  unchanged in");
    assertThat(source(game, DATA)).isEqualTo(written);
  }

  /** From now on new saves are made in another protocol. */
  private static void otherTemplate(Game game) throws Exception {
    game.source("ALTER TABLE saves ALTER COLUMN guild SET DEFAULT 1");
    game.put("p0099", Game.save(11));
    game.source("UPDATE saves SET level = 77 WHERE id = 'p0099'");
    assertThat(Run.on(game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
  }
}
