package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import io.picklift.app.source.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the new application writes into the tables comes back into the source's BLOBs. */
@Tag("database")
final class WritebackCommandTest {
  private static final String ID = "(SELECT save_id FROM picklift_save WHERE source_key = '%s')";

  @TempDir private Path folder = Path.of("");

  private Game owned(String more) throws Exception {
    Game game = new Game(folder);
    game.fill(6);
    game.source("UPDATE saves SET level = 7 * CAST(SUBSTRING(id, 2) AS UNSIGNED)");
    game.configure(more.isEmpty() ? "" : "  " + more);
    assertThat(Run.on(game, "cutover", "--all").out()).contains("6  saves handed over");
    return game;
  }

  private static void edit(Game game, String key, int level) throws Exception {
    game.target(
        "UPDATE player SET level = %d WHERE save_id = ".formatted(level) + ID.formatted(key));
    game.target("DELETE FROM bag_item WHERE thing = 'thing 0' AND save_id = " + ID.formatted(key));
  }

  private static String source(Game game, String sql) throws Exception {
    try (Connection connection = game.connection(game.sourceUrl());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  private static String hash(Game game, String key) throws Exception {
    return source(game, "SELECT SHA2(data, 256) FROM saves WHERE id = '" + key + "'");
  }

  private byte[] restored(Game game, String key) throws Exception {
    Path out = folder.resolve("out" + System.nanoTime());
    Run.on(game, "restore", "--out", out, "--key", key);
    return Files.readAllBytes(out.resolve(key + ".pkl"));
  }

  @Test
  void editedSavesAreWrittenAndTheOldApplicationMayComeBack() throws Exception {
    Game game = owned("columns: {level: level}");
    edit(game, "p0002", 77);
    byte[] wanted = restored(game, "p0002");
    String before = hash(game, "p0001");
    Run first = Run.on(game, "writeback");
    assertThat(first.err()).isEmpty();
    assertThat(first.out())
        .contains("1  saves written into the source", "5  unchanged in the tables");
    assertThat(first.status()).isEqualTo(ExitStatus.DONE);
    assertThat(hash(game, "p0001")).isEqualTo(before);
    assertThat(source(game, "SELECT HEX(data) FROM saves WHERE id = 'p0002'"))
        .isEqualToIgnoringCase(hex(wanted));
    assertThat(source(game, "SELECT level FROM saves WHERE id = 'p0002'")).isEqualTo("77");

    // Both sides say the same now: for backfill, verify and a second write-back.
    assertThat(Run.on(game, "writeback").out()).contains("0  saves written", "6  unchanged in");
    Run backfill = Run.on(game, "backfill");
    assertThat(backfill.status()).as(backfill.out()).isEqualTo(ExitStatus.DONE);
    Run verify = Run.on(game, "verify");
    assertThat(verify.status()).as(verify.out()).isEqualTo(ExitStatus.DONE);
    assertThat(restored(game, "p0002")).isEqualTo(wanted);

    // An edit of what was written is written as well, also into a save that was kept whole.
    edit(game, "p0002", 78);
    assertThat(Run.on(game, "writeback", "--key", "p0002").out()).contains("1  saves written");
    assertThat(source(game, "SELECT level FROM saves WHERE id = 'p0002'")).isEqualTo("78");
    Run back = Run.on(game, "cutover", "--back", "--all");
    assertThat(back.out()).contains("6  saves given back");
    game.put("p0002", Game.save(9));
    game.source("UPDATE saves SET level = 63 WHERE id = 'p0002'");
    Run taken = Run.on(game, "backfill");
    assertThat(taken.status()).as(taken.out()).isEqualTo(ExitStatus.DONE);
    assertThat(Run.on(game, "verify").status()).isEqualTo(ExitStatus.DONE);
  }

  @Test
  void whatTheOldApplicationWroteIsLeftAndTold() throws Exception {
    Game game = owned("columns: {level: level}");
    for (int i = 1; i < 6; i++) {
      edit(game, "p000" + i, 77);
    }
    game.source("UPDATE saves SET data = 'old' WHERE id = 'p0001'");
    game.source("UPDATE saves SET level = 1 WHERE id = 'p0002'");
    game.source("DELETE FROM saves WHERE id = 'p0003'");
    game.target("UPDATE player SET best = 99 WHERE save_id = " + ID.formatted("p0004"));
    Run run = Run.on(game, "writeback");
    assertThat(run.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(run.out())
        .contains("1  saves written into the source", "4  not written")
        .contains("p0001: the BLOB was written in the source since")
        .contains("p0002: columns beside the BLOB (of level) were written in the source since")
        .contains("p0003: the source no longer has its row")
        .contains("p0004: best: ");
    assertThat(source(game, "SELECT data FROM saves WHERE id = 'p0001'")).isEqualTo("old");
    assertThat(source(game, "SELECT level FROM saves WHERE id = 'p0002'")).isEqualTo("1");
    assertThat(game.number("SELECT COUNT(*) FROM picklift_save WHERE writing_sha256 IS NOT NULL"))
        .isZero();
  }

  /** One row that the source refuses leaves the others to be written, in this run and the next. */
  @Test
  void aRowThatTheSourceRefusesIsLeft() throws Exception {
    Game game = owned("where: level < 9000\n  columns: {level: level}");
    for (int i = 1; i < 6; i++) {
      edit(game, "p000" + i, 77);
    }
    edit(game, "p0002", 200);
    edit(game, "p0003", 9001);
    edit(game, "p0004", 40_000);
    game.source(
        "CREATE TRIGGER guard BEFORE UPDATE ON saves FOR EACH ROW BEGIN IF NEW.id = 'p0001' THEN"
            + " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the shop is closed'; END IF; END");
    game.source("ALTER TABLE saves ADD CONSTRAINT grown CHECK (level <> 200)");
    game.source("ALTER TABLE saves MODIFY level SMALLINT");
    for (int i = 0; i < 2; i++) {
      Run run = Run.on(game, "writeback");
      assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitStatus.LOOK);
      assertThat(run.out())
          .contains((1 - i) + "  saves written into the source", "4  not written")
          .contains("p0001: the source refuses the row: error 1644, SQLSTATE 45000\n")
          .contains("p0002: the source refuses the row: error ")
          .contains("p0003: once written, its row would no longer meet source.where")
          .contains(
              "p0004: the source refuses the row: error 1264, SQLSTATE 22", ", column level\n");
    }
    assertThat(source(game, "SELECT level FROM saves WHERE id = 'p0005'")).isEqualTo("77");
    assertThat(game.number("SELECT COUNT(*) FROM picklift_save WHERE writing_sha256 IS NOT NULL"))
        .isZero();
  }

  @Test
  void aJsonCopyIsClearedOnlyWhereThatIsAskedFor() throws Exception {
    Game game = new Game(folder);
    game.fill(2);
    game.source("UPDATE saves SET json = CONCAT('{\"level\": ', IF(id = 'p0001', 7, 0), '}')");
    game.configure("  json: json");
    Run.on(game, "cutover", "--all");
    edit(game, "p0001", 5);
    Run left = Run.on(game, "writeback");
    assertThat(left.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(left.out()).contains("p0001: the row has a JSON copy in json", "--clear-json");
    Run cleared = Run.on(game, "writeback", "--clear-json");
    assertThat(cleared.status()).as(cleared.out()).isEqualTo(ExitStatus.DONE);
    assertThat(source(game, "SELECT json FROM saves WHERE id = 'p0001'")).isEqualTo("null");
    assertThat(source(game, "SELECT json FROM saves WHERE id = 'p0000'"))
        .isEqualTo("{\"level\": 0}");
  }

  /**
   * A process leaves two states behind: the hash is entered and the source not written, or written
   * and the ledger does not know. Each is made here, and found out by the next command.
   */
  @Test
  void aWriteThatWasCutOffIsSettled() throws Exception {
    Game game = owned("");
    edit(game, "p0002", 77);
    edit(game, "p0003", 78);
    String entering =
        "UPDATE picklift_save SET writing_sha256 = UNHEX(SHA2(UNHEX('%s'), 256)) WHERE source_key ="
            + " '%s'";
    byte[] second = restored(game, "p0002");
    byte[] third = restored(game, "p0003");
    game.target(entering.formatted(hex(second), "p0002"));
    game.target(entering.formatted(hex(third), "p0003"));
    game.put("p0003", third);
    // Meanwhile the new application went on.
    edit(game, "p0003", 79);

    Run backfill = Run.on(game, "backfill");
    assertThat(backfill.status()).as(backfill.out()).isEqualTo(ExitStatus.DONE);
    assertThat(game.number("SELECT COUNT(*) FROM picklift_save WHERE writing_sha256 IS NOT NULL"))
        .isZero();
    Run run = Run.on(game, "writeback");
    assertThat(run.out()).contains("2  saves written into the source", "4  unchanged in");
    assertThat(hash(game, "p0002")).isEqualTo(hex(Sha256.of(second)));
    assertThat(Run.on(game, "verify").status()).isEqualTo(ExitStatus.DONE);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void whatTheSourceOwnsIsNotWritten() throws Exception {
    Game game = new Game(folder);
    game.fill(1);
    Run.on(game, "migrate");
    // Nothing is the tables' own: nothing is written.
    game.target("UPDATE player SET level = 77");
    Run none = Run.on(game, "writeback");
    assertThat(none.out()).contains("0  saves written", "0  unchanged in");
    assertThat(none.status()).isEqualTo(ExitStatus.DONE);
  }
}
