package io.picklift.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.account.RunCounts;
import io.picklift.app.account.RunSummary;
import io.picklift.app.config.CountOrShare;
import io.picklift.app.source.ProgressListener;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says is what the source and the ledger are, whatever went before. */
@Tag("database")
final class TotalsTest {
  @TempDir private Path folder = Path.of("");

  private static void addsUp(Game game, RunSummary summary) throws SQLException {
    RunCounts counts = summary.counts();
    assertThat(counts.unexplained()).isZero();
    assertThat(counts.ledger()).isEqualTo(game.number("SELECT COUNT(*) FROM picklift_save"));
    assertThat(
            game.number(
                "SELECT COUNT(*) FROM picklift_run WHERE status = 'complete' AND source_rows ="
                    + " added + replaced + unchanged + quarantined + changed_since + left_alone AND"
                    + " ledger_rows = ledger_known + ledger_deleted + ledger_out_of_scope +"
                    + " ledger_held_back + ledger_owned"))
        .isEqualTo(game.number("SELECT COUNT(*) FROM picklift_run"));
  }

  /** As after a kill: every range but the last was finished, and the job was not. */
  private static void interrupt(Game game) throws SQLException {
    game.target(
        "UPDATE PICKLIFT_BATCH_JOB_EXECUTION SET STATUS = 'STARTED', EXIT_CODE = 'UNKNOWN',"
            + " END_TIME = NULL");
    game.target(
        "UPDATE PICKLIFT_BATCH_STEP_EXECUTION SET STATUS = 'STARTED', EXIT_CODE = 'EXECUTING',"
            + " END_TIME = NULL WHERE STEP_NAME NOT LIKE '%:range%' OR STEP_NAME LIKE '%:range8'");
  }

  @Test
  void aRunAfterAKillSkipsNothingThatSpringBatchHoldsToBeDone() throws Exception {
    Game game = new Game(folder);
    game.fill(40);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    interrupt(game);
    game.put("p0000a", Game.save(5));
    game.put("p0003", Game.save(8));
    game.source("DELETE FROM saves WHERE id IN ('p0001', 'p0002')");
    try (Jobs jobs = game.open()) {
      RunSummary summary = jobs.migrate();
      assertThat(game.number("SELECT COUNT(*) FROM picklift_save WHERE source_key = 'p0000a'"))
          .isEqualTo(1);
      assertThat(summary.rows()).isEqualTo(39);
      assertThat(summary.migratedTotal()).isEqualTo(38);
      assertThat(summary.added()).isEqualTo(1);
      assertThat(summary.counts().changed()).isEqualTo(1);
      assertThat(summary.counts().heldBack()).isEqualTo(2);
      assertThat(summary.isClean()).isFalse();
      addsUp(game, summary);

      RunSummary backfill = jobs.backfill();
      assertThat(backfill.replaced()).isEqualTo(1);
      assertThat(backfill.deleted()).isEqualTo(2);
      assertThat(backfill.counts().known()).isEqualTo(39);
      assertThat(backfill.isClean()).isTrue();
      assertThat(game.number("SELECT COUNT(*) FROM picklift_save WHERE deleted_at IS NOT NULL"))
          .isEqualTo(2);
      addsUp(game, backfill);
      addsUp(game, jobs.backfill());
    }
  }

  @Test
  void rowsThatTheConditionLeavesOutAreKeptAndNotGone() throws Exception {
    Game game = new Game(folder);
    game.fill(30);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    game.configure("  where: \"id < 'p0005'\"");
    try (Jobs jobs = game.open()) {
      RunSummary summary = jobs.backfill();
      assertThat(summary.rows()).isEqualTo(5);
      assertThat(summary.deleted()).isZero();
      assertThat(summary.counts().outOfScope()).isEqualTo(25);
      assertThat(summary.isClean()).isTrue();
      assertThat(game.number("SELECT COUNT(*) FROM player")).isEqualTo(30);
      addsUp(game, summary);
      addsUp(game, jobs.migrate());
    }
    game.configure("");
    try (Jobs jobs = game.open()) {
      RunSummary summary = jobs.backfill();
      assertThat(summary.unchanged()).isEqualTo(30);
      assertThat(summary.counts().outOfScope()).isZero();
      addsUp(game, summary);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void moreThanARunMayDeleteIsHeldBackUntilItIsAllowed() throws Exception {
    Game game = new Game(folder);
    game.fill(30);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.source("DELETE FROM saves WHERE id >= 'p0019'");
      RunSummary summary = jobs.backfill();
      assertThat(summary.deleted()).isZero();
      assertThat(summary.counts().heldBack()).isEqualTo(11);
      assertThat(summary.isClean()).isFalse();
      assertThat(summary.notes())
          .containsExactly(
              "11 of 30 saves are gone from the source; one run may delete 10, so none"
                  + " was deleted. If the source is right, run once with --max-deleted 11");
      assertThat(game.number("SELECT COUNT(*) FROM player")).isEqualTo(30);
      addsUp(game, summary);
    }
    JobOptions allowed = JobOptions.defaults().withMaxDeleted(CountOrShare.parse("11"));
    try (Jobs jobs = Jobs.open(game.config(), allowed, ProgressListener.NONE)) {
      RunSummary summary = jobs.backfill();
      assertThat(summary.deleted()).isEqualTo(11);
      assertThat(game.number("SELECT COUNT(*) FROM player")).isEqualTo(19);
      addsUp(game, summary);
    }
  }

  @Test
  void aLedgerRowWhoseKeyIsOfAnotherKindIsNamedAndPassedOver() throws Exception {
    Game game = new Game(folder);
    game.source("CREATE TABLE numbered (id INT PRIMARY KEY, data LONGBLOB)");
    game.fill(3);
    game.source("INSERT INTO numbered SELECT SUBSTR(id, 2), data FROM saves");
    game.configure("table: numbered\n  key: id\n  blob: data", game.targetUrl());
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.target(
          "UPDATE picklift_save SET source_key = 'x', key_sha256 = UNHEX(SHA2('x', 256)) WHERE"
              + " source_key = '2'");
      game.source("DELETE FROM numbered WHERE id = 1");
      RunSummary summary = jobs.backfill();
      assertThat(summary.deleted()).isEqualTo(1);
      assertThat(summary.added()).isEqualTo(1);
      assertThat(summary.notes())
          .containsExactly(
              "the ledger has 1 rows whose key cannot be one of numbered, skipped: x;"
                  + " delete them from picklift_save if they are not yours");
      addsUp(game, summary);
    }
  }

  @Test
  void aQuarantineRowThatSomeoneDeletedIsThereAgain() throws Exception {
    Game game = new Game(folder);
    game.fill(2);
    game.put("page", new byte[] {'<'});
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.target("DELETE FROM picklift_quarantine");
      RunSummary summary = jobs.migrate();
      assertThat(summary.quarantinedTotal()).containsEntry("plain-text", 1L);
      game.target("DELETE FROM picklift_quarantine");
      assertThat(jobs.backfill().quarantinedTotal()).containsEntry("plain-text", 1L);
    }
  }

  @Test
  void commitsThatTheServerLostAreMadeAgain() throws Exception {
    Game game = new Game(folder);
    game.fill(30);
    AtomicBoolean isLost = new AtomicBoolean();
    ProgressListener losing =
        new ProgressListener() {
          @Override
          public void start(String what, long rows) {
            if (what.equals("closing") && !isLost.getAndSet(true)) {
              lose(game);
            }
          }

          @Override
          public void done(long rows) {}
        };
    try (Jobs jobs = Jobs.open(game.config(), JobOptions.defaults(), losing)) {
      RunSummary summary = jobs.migrate();
      assertThat(isLost).isTrue();
      assertThat(summary.added()).isEqualTo(30);
      assertThat(summary.isClean()).isTrue();
      addsUp(game, summary);
      assertThat(game.number("SELECT COUNT(*) FROM picklift_run")).isEqualTo(1);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void aRunWhoseRecordsTheServerLostEndsInOneLine() throws Exception {
    Game game = new Game(folder);
    game.fill(30);
    ProgressListener losing =
        new ProgressListener() {
          @Override
          public void start(String what, long rows) {
            if (what.equals("closing")) {
              loseRecords(game);
            }
          }

          @Override
          public void done(long rows) {}
        };
    try (Jobs jobs = Jobs.open(game.config(), JobOptions.defaults(), losing)) {
      assertThatThrownBy(jobs::migrate)
          .isInstanceOf(JobFailedException.class)
          .hasMessageStartingWith("the target's server lost what it had committed about this run");
    }
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().unchanged()).isEqualTo(30);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  private static void loseRecords(Game game) {
    try {
      for (String table :
          new String[] {
            "STEP_EXECUTION_CONTEXT", "STEP_EXECUTION", "JOB_EXECUTION_CONTEXT",
            "JOB_EXECUTION_PARAMS", "JOB_EXECUTION", "JOB_INSTANCE"
          }) {
        game.target("DELETE FROM PICKLIFT_BATCH_" + table);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void lose(Game game) {
    try {
      String late =
          " WHERE save_id IN (SELECT save_id FROM picklift_save WHERE source_key > 'p0020')";
      for (String table : new String[] {"player", "friend", "bag_item", "picklift_archive"}) {
        game.target("DELETE FROM " + table + late);
      }
      game.target("DELETE FROM picklift_save WHERE source_key > 'p0020'");
      game.target("DELETE FROM picklift_run");
      game.target("UPDATE save_sequence SET next_value = 1");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
