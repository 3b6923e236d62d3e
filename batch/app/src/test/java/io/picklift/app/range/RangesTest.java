package io.picklift.app.range;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.account.RunSummary;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("database")
final class RangesTest {
  private static final String MISPLACED =
      """
      SELECT COUNT(*) FROM picklift_save s LEFT JOIN picklift_range r
        ON r.range_no = s.range_no AND r.source_table = s.source_table
      WHERE r.range_no IS NULL OR s.source_key > COALESCE(r.up_to_key, 'zzz')
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void aSourceThatGrowsBehindItsEndGetsMoreRanges() throws Exception {
    Game game = new Game(folder);
    game.fill(40);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      long ranges = game.number("SELECT COUNT(*) FROM picklift_range");
      assertThat(ranges).isEqualTo(9);
      assertThat(game.number(MISPLACED)).isZero();
      for (int i = 0; i < 20; i++) {
        game.put("q%04d".formatted(i), Game.save(i));
      }
      assertThat(jobs.backfill().added()).isEqualTo(20);
      assertThat(game.number("SELECT COUNT(*) FROM picklift_range")).isGreaterThan(ranges);
      assertThat(game.number("SELECT COUNT(*) FROM picklift_range WHERE up_to_key IS NULL"))
          .isEqualTo(1);
      assertThat(game.number(MISPLACED)).isZero();
      assertThat(jobs.backfill().unchanged()).isEqualTo(60);
    }
  }

  @Test
  void theLedgerOfAnEarlierBuildGetsItsRanges() throws Exception {
    Game game = new Game(folder);
    game.fill(20);
    game.put("p0007x", new byte[] {1});
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.target("UPDATE picklift_save SET range_no = NULL");
      game.target("DELETE FROM picklift_range");
      String before = game.text("SELECT MAX(last_written) FROM picklift_save");
      RunSummary summary = jobs.backfill();
      assertThat(summary.unchanged()).isEqualTo(20);
      assertThat(summary.quarantinedSaves()).isEqualTo(1);
      assertThat(game.number(MISPLACED)).isZero();
      assertThat(game.text("SELECT MAX(last_written) FROM picklift_save")).isEqualTo(before);
    }
  }

  @Test
  void keysThatAreSortedOtherwiseAreCutAnew() throws Exception {
    Game game = new Game(folder);
    for (String key : new String[] {"a", "B", "c", "D", "e", "F", "g", "H", "i", "J"}) {
      game.put(key, Game.save(key.charAt(0)));
    }
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    game.source(
        "ALTER TABLE saves MODIFY id VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
    game.source("DELETE FROM saves WHERE id = 'g'");
    game.put("G", Game.save(3));
    try (Jobs jobs = game.open()) {
      RunSummary summary = jobs.backfill();
      assertThat(summary.rows()).isEqualTo(10);
      assertThat(summary.added()).isEqualTo(1);
      assertThat(summary.unchanged()).isEqualTo(9);
      assertThat(summary.deleted()).isEqualTo(1);
      assertThat(game.text("SELECT up_to_key FROM picklift_range ORDER BY range_no LIMIT 1"))
          .isEqualTo("B");
      assertThat(jobs.backfill().unchanged()).isEqualTo(10);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  /**
   * What a wrong range of a ledger's row costs is time: the row's version is compared all the same.
   */
  @Test
  void aWrongRangeHidesNoChange() throws Exception {
    Game game = new Game(folder);
    game.fill(24);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.target("UPDATE picklift_save SET range_no = 1 + save_id % 5");
      game.put("p0011", Game.save(3));
      game.source("DELETE FROM saves WHERE id = 'p0020'");
      RunSummary summary = jobs.backfill();
      assertThat(summary.replaced()).isEqualTo(1);
      assertThat(summary.deleted()).isEqualTo(1);
      assertThat(summary.unchanged()).isEqualTo(22);
      assertThat(game.number("SELECT COUNT(*) FROM picklift_save WHERE status = 'migrated'"))
          .isEqualTo(23);
      assertThat(
              game.number(
                  "SELECT COUNT(*) FROM picklift_save s JOIN picklift_range r USING (source_table,"
                      + " range_no) WHERE s.source_key > COALESCE(r.up_to_key, 'zzz') AND s.status"
                      + " = 'migrated'"))
          .isZero();
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }
}
