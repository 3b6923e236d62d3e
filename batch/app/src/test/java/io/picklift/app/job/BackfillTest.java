package io.picklift.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.account.RunSummary;
import io.picklift.app.report.VerifyReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("database")
final class BackfillTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void touchesTheNewTheChangedAndTheGoneAlone() throws Exception {
    Game game = new Game(folder);
    game.fill(20);
    game.put("broken", new byte[] {1});
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.target(
          "UPDATE picklift_save SET last_written = '2001-01-01', first_seen = '2001-01-01'");
      game.put("new", Game.save(5));
      game.put("p0003", Game.save(8));
      game.put("broken", Game.save(1));
      game.put("p0004", new byte[] {1});
      game.source("DELETE FROM saves WHERE id IN ('p0006', 'p0007')");
      VerifyReport before = jobs.verify();
      assertThat(before.findings())
          .isEqualTo(java.util.Map.of("not-migrated", 1L, "changed-since", 3L, "gone", 2L));

      RunSummary summary = jobs.backfill();
      assertThat(summary.rows()).isEqualTo(20);
      assertThat(summary.added()).isEqualTo(1);
      assertThat(summary.replaced()).isEqualTo(2);
      assertThat(summary.quarantinedSaves()).isEqualTo(1);
      assertThat(summary.deleted()).isEqualTo(2);
      assertThat(summary.unchanged()).isEqualTo(16);
      assertThat(
              game.number("SELECT COUNT(*) FROM picklift_save WHERE last_written > '2002-01-01'"))
          .isEqualTo(6);
      assertThat(game.number("SELECT COUNT(*) FROM player")).isEqualTo(19);
      assertThat(
              game.number(
                  "SELECT COUNT(*) FROM player JOIN picklift_save USING (save_id) WHERE status <> 'migrated'"))
          .isZero();
      VerifyReport after = jobs.verify();
      assertThat(after.findings()).containsOnlyKeys("quarantined");
      assertThat(after.equal()).isEqualTo(19);
      assertThat(jobs.backfill().unchanged()).isEqualTo(19);
    }
  }

  @Test
  void aRowThatComesBackIsMigratedAgain() throws Exception {
    Game game = new Game(folder);
    game.fill(2);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.source("DELETE FROM saves WHERE id = 'p0001'");
      jobs.backfill();
      assertThat(game.text("SELECT status FROM picklift_save WHERE source_key = 'p0001'"))
          .isEqualTo("deleted");
      game.put("p0001", Game.save(1));
      jobs.backfill();
      assertThat(game.text("SELECT status FROM picklift_save WHERE source_key = 'p0001'"))
          .isEqualTo("migrated");
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void aWatermarkTellsTheChangedWithoutReadingTheirBlobs() throws Exception {
    Game game = new Game(folder);
    game.fill(4);
    game.configure("  watermark: changed");
    game.source("UPDATE saves SET changed = 5000 WHERE id = 'p0003'");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.source(
          "UPDATE saves SET data = (SELECT d FROM (SELECT data d FROM saves WHERE id = 'p0002') x) WHERE id = 'p0001'");
      assertThat(jobs.backfill().replaced()).isZero();
      game.source("UPDATE saves SET changed = 1 WHERE id = 'p0001'");
      assertThat(jobs.backfill().replaced()).isEqualTo(1);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void keysThatTheirCollationHoldsEqualAreTwo() throws Exception {
    Game game = new Game(folder);
    game.source(
        "ALTER TABLE saves MODIFY id VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
    game.put("Anna", Game.save(1));
    game.put("anna", Game.save(2));
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().migratedTotal()).isEqualTo(2);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }
}
