package io.picklift.app.writeback;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.account.SaveChoice;
import io.picklift.app.birth.NewApplication;
import io.picklift.app.changes.ChangeTriggers;
import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.source.ProgressListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A write-back looks at what changed alone, and finds it by triggers or by a column. */
@Tag("database")
final class ChangedSavesTest {
  private static final String TRIGGERS = "run: {changes: triggers}\n";

  private static final String ID = "(SELECT save_id FROM picklift_save WHERE source_key = '%s')";

  private static final String NEW =
      "INSERT INTO player (save_id, ordinal, name, level, money, seen) VALUES (:id, 0, 'stella', 9,"
          + " 12.5, '2037-01-01'); INSERT INTO bag_item (save_id, ordinal, player_ordinal, position,"
          + " thing, amount) VALUES (:id, 0, 0, 0, 'lamp', 2)";

  private static final String OWN =
      "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = DATABASE() AND"
          + " trigger_name LIKE 'picklift\\_change\\_%'";

  @TempDir private Path folder = Path.of("");

  /** Twelve saves that the tables own. */
  private Game owned(String run) throws Exception {
    Game game = new Game(folder);
    game.fill(12);
    assertThat(Run.on(game, "cutover", "--all").out()).contains("12  saves handed over");
    game.append(run);
    return game;
  }

  /** The same, and nothing is to be done. */
  private Game noted() throws Exception {
    Game game = owned(TRIGGERS);
    assertThat(look(game, 0, 12).err())
        .containsOnlyOnce("changes: triggers: TRUNCATE is not noticed");
    look(game, 0, 0);
    return game;
  }

  private static Run look(Game game, int written, int unchanged) {
    Run run = Run.on(game, "writeback");
    assertThat(run.out())
        .as(run.err())
        .containsPattern("(?m)^ *" + written + "  saves written into the source$")
        .containsPattern("(?m)^ *" + unchanged + "  unchanged in the tables$");
    return run;
  }

  private static void edit(Game game, String key, int level) throws Exception {
    game.target(
        "UPDATE player SET level = %d WHERE save_id = ".formatted(level) + ID.formatted(key));
  }

  private static long entries(Game game) throws Exception {
    return game.number("SELECT COUNT(*) FROM picklift_change");
  }

  private static @Nullable String inSource(Game game, String key) throws Exception {
    try (Connection connection = game.connection(game.sourceUrl());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT SHA2(data, 256) FROM saves WHERE id = '" + key + "'")) {
      return row.next() ? row.getString(1) : null;
    }
  }

  private static void remove(Game game, String key) throws Exception {
    for (String table : List.of("player", "friend", "player_friend", "bag_item")) {
      game.target("DELETE FROM " + table + " WHERE save_id = " + ID.formatted(key));
    }
  }

  @Test
  void triggersTellEditsBirthsAndDeletions() throws Exception {
    Game game = noted();
    assertThat(game.number(OWN)).isEqualTo(12);
    edit(game, "p0002", 77);
    game.target("DELETE FROM bag_item WHERE ordinal = 0 AND save_id = " + ID.formatted("p0007"));
    game.target("UPDATE bag_item SET amount = 99 WHERE save_id = " + ID.formatted("p0005"));
    String before = inSource(game, "p0005");
    look(game, 3, 0);
    assertThat(inSource(game, "p0005")).isNotEqualTo(before);
    assertThat(entries(game)).isZero();

    NewApplication.save(game, "n0001", NEW);
    remove(game, "p0003");
    assertThat(look(game, 0, 0).out())
        .contains("1  new saves added to the source", "1  removed saves deleted");
    assertThat(inSource(game, "n0001")).isNotNull();
    assertThat(inSource(game, "p0003")).isNull();
    assertThat(entries(game)).isZero();
    assertThat(Run.on(game, "verify").status()).isEqualTo(ExitStatus.DONE);
    // Nothing slipped through: a look at all of them finds nothing.
    game.configure("");
    look(game, 0, 12);
    assertThat(game.number(OWN)).isZero();
  }

  @Test
  void aTransactionThatIsRolledBackLeavesNothing() throws Exception {
    Game game = noted();
    try (Connection connection = game.targetConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate("UPDATE player SET level = 3");
      connection.rollback();
    }
    assertThat(entries(game)).isZero();
    look(game, 0, 0);
  }

  /** What the triggers did not see was written before they were there. */
  @Test
  void theFirstRunLooksAtAllSaves() throws Exception {
    Game game = owned(TRIGGERS);
    edit(game, "p0002", 77);
    look(game, 1, 11);
    look(game, 0, 0);
    // Someone dropped one: what was written since is found all the same.
    String name =
        game.text(
            "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE()"
                + " AND event_object_table = 'player' AND event_manipulation = 'UPDATE'");
    game.target("DROP TRIGGER " + name);
    edit(game, "p0004", 78);
    look(game, 1, 11);
    look(game, 0, 0);
    edit(game, "p0004", 79);
    look(game, 1, 0);
  }

  /** The save is read, and the source's row is held by another one, when the next edit comes. */
  @Test
  void anEditWhileTheSaveIsWrittenGoesWithTheNextRun() throws Exception {
    Game game = noted();
    edit(game, "p0002", 77);
    CompletableFuture<Run> run;
    try (Connection holder = game.connection(game.sourceUrl());
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.executeQuery("SELECT id FROM saves WHERE id = 'p0002' FOR UPDATE").close();
      run = CompletableFuture.supplyAsync(() -> Run.on(game, "writeback"));
      RemovedSavesComeBackTest.await(game, game.sourceUrl(), "FOR UPDATE", "data");
      edit(game, "p0002", 78);
      holder.rollback();
    }
    assertThat(run.get(2, TimeUnit.MINUTES).out()).contains("1  saves written into the source");
    assertThat(entries(game)).isEqualTo(1);
    look(game, 1, 0);
    look(game, 0, 0);
    assertThat(Run.on(game, "verify").status()).isEqualTo(ExitStatus.DONE);
  }

  /** A process ended after the source had committed, and before the entries were deleted. */
  @Test
  void entriesOutliveAProcess() throws Exception {
    Game game = noted();
    edit(game, "p0002", 77);
    Path out = folder.resolve("out");
    Run.on(game, "restore", "--out", out, "--key", "p0002");
    byte[] blob = Files.readAllBytes(out.resolve("p0002.pkl"));
    game.target(
        "UPDATE picklift_save SET writing_sha256 = UNHEX(SHA2(UNHEX('%s'), 256)) WHERE source_key ="
                .formatted(HexFormat.of().formatHex(blob))
            + " 'p0002'");
    game.put("p0002", blob);
    assertThat(entries(game)).isEqualTo(1);
    look(game, 0, 1);
    assertThat(entries(game)).isZero();
    assertThat(game.number("SELECT COUNT(*) FROM picklift_save WHERE writing_sha256 IS NOT NULL"))
        .isZero();
  }

  @Test
  void aSaveThatIsLeftIsToldUntilItIsSettled() throws Exception {
    Game game = owned(TRIGGERS);
    // Before there are triggers, so that none notes it.
    edit(game, "p0002", 77);
    game.source("UPDATE saves SET data = 'old' WHERE id = 'p0002'");
    for (int i = 0; i < 3; i++) {
      Run run = look(game, 0, i == 0 ? 11 : 0);
      assertThat(run.status()).isEqualTo(ExitStatus.LOOK);
      assertThat(run.out()).contains("p0002: the BLOB was written in the source since");
      assertThat(entries(game)).isEqualTo(1);
      edit(game, "p0002", 80 + i);
    }
    game.put("p0002", Game.save(2));
    look(game, 1, 0);
    assertThat(entries(game)).isZero();
  }

  @Test
  void triggersOfOthersAndEntriesOfTheSourcesSaves() throws Exception {
    Game game = new Game(folder);
    game.fill(4);
    game.append(TRIGGERS);
    assertThat(Run.on(game, "cutover", "--key", "p0001").out()).contains("1  saves handed over");
    game.target("CREATE TABLE log (level INT)");
    game.target(
        "CREATE TRIGGER mine AFTER UPDATE ON player FOR EACH ROW INSERT INTO log VALUES"
            + " (NEW.level)");
    look(game, 0, 1);
    // The triggers note what backfill writes, too.
    game.put("p0002", Game.save(9));
    game.source("DELETE FROM saves WHERE id = 'p0003'");
    assertThat(Run.on(game, "backfill").status()).isEqualTo(ExitStatus.DONE);
    assertThat(entries(game)).isPositive();
    edit(game, "p0001", 5);
    look(game, 1, 0);
    assertThat(entries(game)).isZero();
    assertThat(game.number("SELECT COUNT(*) FROM log WHERE level = 5")).isEqualTo(1);

    game.configure("");
    edit(game, "p0001", 6);
    assertThat(look(game, 1, 0).err()).isEmpty();
    assertThat(game.number(OWN)).isZero();
    assertThat(entries(game)).isZero();
    assertThat(
            game.number(
                "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema"
                    + " = DATABASE()"))
        .isEqualTo(1);
  }

  @Test
  void aColumnTellsWhatChanged() throws Exception {
    Game game = owned("run: {changes: updated_at, updated_at: seen, updated_at_overlap: 3600}\n");
    game.target("UPDATE player SET seen = '2036-01-01'");
    Run first = look(game, 12, 0);
    assertThat(first.err())
        .containsOnlyOnce("changes: updated_at: what left player.seen as it was is not noticed");
    // Those within the overlap of the newest.
    game.target(
        "UPDATE player SET seen = '2036-02-01', level = 3 WHERE save_id = "
            + ID.formatted("p0001"));
    look(game, 1, 11);
    look(game, 0, 1);
    game.target(
        "UPDATE player SET seen = '2036-01-31 23:30:00' WHERE save_id = " + ID.formatted("p0002"));
    look(game, 1, 1);
    // It misses what the page says that it misses.
    game.target("UPDATE bag_item SET amount = 99 WHERE save_id = " + ID.formatted("p0005"));
    look(game, 0, 2);
    game.target("UPDATE player SET seen = '2036-03-01' WHERE save_id = " + ID.formatted("p0005"));
    look(game, 1, 2);

    NewApplication.save(game, "n0001", NEW);
    assertThat(look(game, 0, 1).out()).contains("1  new saves added to the source");
    // One that is left is looked at again, however new others are.
    game.target("UPDATE player SET seen = '2037-01-02' WHERE save_id = " + ID.formatted("p0006"));
    game.source("UPDATE saves SET data = 'old' WHERE id = 'p0006'");
    look(game, 0, 1);
    game.target("UPDATE player SET seen = '2037-03-02' WHERE save_id = " + ID.formatted("p0007"));
    assertThat(look(game, 1, 0).out()).contains("1  not written");
    assertThat(look(game, 0, 1).out()).contains("1  not written");
  }

  @Test
  void aColumnThatCannotTellIsRefused() throws Exception {
    Game game = owned("run: {changes: updated_at, updated_at: nowhere}\n");
    Run run = Run.on(game, "writeback");
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err())
        .contains("run.updated_at: the mapping's table player has no column nowhere");
    game.configure("");
    game.append("run: {changes: updated_at, updated_at: name}\n");
    run = Run.on(game, "writeback");
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("values of player.name are neither numbers nor times");
    game.configure("");
    game.append("run: {changes: triggers, updated_at: seen}\n");
    run = Run.on(game, "writeback");
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("'updated_at' is for 'changes: updated_at'");
  }

  /** A row that source.where leaves out by now is no row that is gone. */
  @Test
  void aRowOutOfScopeIsAConflict() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    game.source("UPDATE saves SET level = 1");
    game.configure("  where: level < 9000");
    assertThat(Run.on(game, "cutover", "--all").out()).contains("3  saves handed over");
    game.source("UPDATE saves SET level = 9999 WHERE id IN ('p0001', 'p0002')");
    String before = inSource(game, "p0001");
    remove(game, "p0001");
    edit(game, "p0002", 77);
    for (int i = 0; i < 2; i++) {
      Run run = look(game, 0, 1);
      assertThat(run.status()).isEqualTo(ExitStatus.LOOK);
      assertThat(run.out())
          .contains("2  not written")
          .contains("p0001: source.where now excludes its row in the source")
          .contains("p0002: source.where now excludes its row in the source");
    }
    assertThat(inSource(game, "p0001")).isEqualTo(before);
    game.source("UPDATE saves SET level = 1");
    assertThat(look(game, 1, 1).out()).contains("1  removed saves deleted");
    assertThat(inSource(game, "p0001")).isNull();
  }

  /** Entries that are not committed yet lie between those of the save that is settled. */
  @Test
  void anOpenTransactionHoldsNothingUp() throws Exception {
    Game game = noted();
    for (int i = 0; i < 15; i++) {
      edit(game, "p0002", 100 + i);
    }
    try (Connection connection = game.targetConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate(
          "UPDATE player SET level = 3 WHERE save_id = " + number(game, "p0004"));
      for (int i = 0; i < 15; i++) {
        edit(game, "p0002", 200 + i);
      }
      assertThat(entries(game)).isEqualTo(30);
      look(game, 1, 0);
      assertThat(entries(game)).isZero();
      connection.commit();
    }
    look(game, 1, 0);
  }

  private static long number(Game game, String key) throws Exception {
    return game.number("SELECT save_id FROM picklift_save WHERE source_key = '" + key + "'");
  }

  private static void on(Game game, String table, String run) throws Exception {
    game.configure("table: " + table + "\n  key: id\n  blob: data\n", game.targetUrl());
    game.append(run);
  }

  /** Triggers are of the tables, in which two sources may have their saves. */
  @Test
  void twoSourcesShareTheTriggers() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    game.source("CREATE TABLE others LIKE saves");
    game.source("INSERT INTO others (id, data) SELECT CONCAT('o', id), data FROM saves");
    for (String table : List.of("saves", "others")) {
      on(game, table, TRIGGERS);
      assertThat(Run.on(game, "cutover", "--all").out()).contains("3  saves handed over");
      look(game, 0, 3);
    }
    game.target(
        "DROP TRIGGER "
            + game.text(
                "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema ="
                    + " DATABASE() AND event_object_table = 'player' AND event_manipulation ="
                    + " 'UPDATE'"));
    edit(game, "op0001", 77);
    on(game, "saves", TRIGGERS);
    look(game, 0, 3);
    on(game, "others", TRIGGERS);
    look(game, 1, 2);

    on(game, "saves", "");
    edit(game, "p0001", 78);
    look(game, 1, 2);
    assertThat(entries(game)).isZero();
    assertThat(game.number(OWN)).isEqualTo(12);
    on(game, "others", TRIGGERS);
    edit(game, "op0002", 79);
    look(game, 1, 0);
    on(game, "others", "");
    look(game, 0, 3);
    assertThat(game.number(OWN)).isZero();
  }

  @Test
  void triggersThatAreGoneAreNotLookedForInVain() throws Exception {
    Game game = owned(TRIGGERS);
    look(game, 0, 12);
    try (Connection connection = game.targetConnection()) {
      ChangeTriggers.drop(connection);
    }
    game.configure("");
    assertThat(look(game, 0, 12).status()).isEqualTo(ExitStatus.DONE);
    assertThat(game.number("SELECT COUNT(*) FROM picklift_change_state")).isZero();
    assertThat(game.number(OWN)).isZero();
  }

  @Test
  void aRateIsKept() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    assertThat(Run.on(game, "cutover", "--all").out()).contains("3  saves handed over");
    game.append("run: {max_rate: 1}\n");
    try (Jobs jobs = Jobs.open(game.config(), JobOptions.defaults(), ProgressListener.NONE)) {
      jobs.writeback(new SaveChoice(List.of(), null), WritebackOptions.NONE, false);
      assertThat(jobs.polite().waited()).isPositive();
    }
  }
}
