package io.picklift.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.source.ProgressListener;
import io.picklift.app.source.Watermark;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change is found although its row's watermark stayed, where that can happen by itself. */
@Tag("database")
final class WatermarkTest {
  private static final String CHANGE =
      "UPDATE saves SET data = (SELECT d FROM (SELECT data d FROM saves WHERE id = 'p0002') x)"
          + " WHERE id = '%s'";

  @TempDir private Path folder = Path.of("");

  private Game game(String column, String more) throws Exception {
    Game game = new Game(folder);
    game.source("ALTER TABLE saves DROP COLUMN changed, ADD COLUMN changed " + column);
    game.fill(6);
    game.configure("  watermark: changed\n" + more);
    return game;
  }

  @Test
  void aChangeWithinTheSecondOfTheNewestIsFound() throws Exception {
    Game game = game("DATETIME", "");
    game.source("UPDATE saves SET changed = '2026-01-01 10:00:00'");
    game.source("UPDATE saves SET changed = '2026-01-01 09:59:49' WHERE id = 'p0004'");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.source(CHANGE.formatted("p0001"));
      assertThat(jobs.backfill().replaced()).isEqualTo(1);
      // Outside of the overlap only a full comparison finds it.
      game.source(CHANGE.formatted("p0004"));
      assertThat(jobs.backfill().replaced()).isZero();
    }
    try (Jobs jobs =
        Jobs.open(game.config(), JobOptions.defaults().full(), ProgressListener.NONE)) {
      assertThat(jobs.backfill().replaced()).isEqualTo(1);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void rowsThatWereNearWhenLastComparedAreComparedOnceMore() throws Exception {
    Game game = game("DATETIME", "");
    game.source("UPDATE saves SET changed = '2026-01-01 10:00:00'");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.source(CHANGE.formatted("p0001"));
      game.source("UPDATE saves SET changed = '2026-01-02 10:00:00' WHERE id = 'p0005'");
      assertThat(jobs.backfill().replaced()).isEqualTo(2);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void aRowWithoutAWatermarkIsComparedByItsHash() throws Exception {
    Game game = game("DATETIME(6)", "");
    game.source("UPDATE saves SET changed = '2026-01-01 10:00:00' WHERE id = 'p0005'");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      assertThat(jobs.backfill().replaced()).isZero();
      game.source(CHANGE.formatted("p0001"));
      game.source("UPDATE saves SET data = NULL WHERE id = 'p0003'");
      assertThat(jobs.backfill().replaced()).isEqualTo(1);
      assertThat(jobs.backfill().replaced()).isZero();
      assertThat(game.number("SELECT COUNT(*) FROM picklift_quarantine")).isEqualTo(1);
    }
  }

  @Test
  void theOverlapIsOfTheWatermarksOwnUnit() throws Exception {
    Game game = game("BIGINT NOT NULL DEFAULT 5000", "  overlap: 100\n");
    game.source("UPDATE saves SET changed = 4900 WHERE id = 'p0003'");
    game.source("UPDATE saves SET changed = 4899 WHERE id = 'p0004'");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.source(CHANGE.formatted("p0003"));
      game.source(CHANGE.formatted("p0004"));
      assertThat(jobs.backfill().replaced()).isEqualTo(1);
    }
  }

  /** While it is out of scope, no run compares it, and the newest watermark goes on. */
  @Test
  void aRowThatIsInScopeAgainIsComparedByItsHash() throws Exception {
    for (boolean isMigratedBetween : new boolean[] {false, true}) {
      String all = "  watermark: changed\n";
      String some = all + "  where: \"id <> 'p0001'\"\n";
      Game game = game("BIGINT NOT NULL DEFAULT 5000", "");
      try (Jobs jobs = game.open()) {
        jobs.migrate();
      }
      game.source(CHANGE.formatted("p0001"));
      game.configure(some);
      for (long newest : new long[] {9_000, 19_000}) {
        game.source("UPDATE saves SET changed = " + newest + " WHERE id = 'p0005'");
        try (Jobs jobs = game.open()) {
          jobs.backfill();
        }
      }
      game.configure(all);
      try (Jobs jobs = game.open()) {
        if (isMigratedBetween) {
          assertThat(jobs.migrate().counts().changed()).isEqualTo(1);
        }
        assertThat(jobs.backfill().replaced()).isEqualTo(1);
        assertThat(jobs.verify().isClean()).isTrue();
      }
    }
  }

  @Test
  void whatMigrateLeavesToBackfillIsFoundByIt() throws Exception {
    Game game = game("BIGINT NOT NULL DEFAULT 5000", "");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.source(CHANGE.formatted("p0001"));
      game.put("new", Game.save(4));
      game.source("UPDATE saves SET changed = 9000 WHERE id = 'new'");
      assertThat(jobs.migrate().counts().changed()).isEqualTo(1);
      assertThat(jobs.backfill().replaced()).isEqualTo(1);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void whatIsNearIsToldOfTimesAndOfNumbers() {
    assertThat(Watermark.isNear("2026-01-01 09:59:50.5", "2026-01-01 10:00:00", null)).isTrue();
    assertThat(Watermark.isNear("2026-01-01 09:59:49.9", "2026-01-01 10:00:00", null)).isFalse();
    assertThat(Watermark.isNear("2026-01-02", "2026-01-01", null)).isTrue();
    assertThat(Watermark.isNear("8999", "10000", null)).isFalse();
    assertThat(Watermark.isNear("9000", "10000", null)).isTrue();
    assertThat(Watermark.isNear("9999", "10000", 0L)).isFalse();
    assertThat(Watermark.isNear("v9", "v10", null)).isTrue();
    assertThat(Watermark.isNear("1", null, null)).isTrue();
  }
}
