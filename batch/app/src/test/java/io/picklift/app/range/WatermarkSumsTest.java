package io.picklift.app.range;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.Sources;
import io.picklift.app.source.Watermark;
import io.picklift.app.throttle.Politeness;
import io.picklift.codec.Limits;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Source and ledger sum up rows alike by their watermarks, and by hash where those prove nothing.
 */
@Tag("database")
final class WatermarkSumsTest {
  private static final String CHANGE = "UPDATE saves SET data = x'800249370a2e' WHERE id = '%s'";

  @TempDir private Path folder = Path.of("");

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private Game game(String type, String step) throws Exception {
    Game game = new Game(folder);
    game.source("ALTER TABLE saves DROP COLUMN changed, ADD COLUMN changed " + type + " NULL");
    game.fill(10);
    game.source("UPDATE saves SET changed = " + step);
    game.configure("  watermark: changed\n  overlap: 3\n");
    migrate(game);
    return game;
  }

  private int same(Game game, @Nullable String near) throws Exception {
    SaveSource source = Sources.open(game.config().source(), Limits.defaults(), 2, open);
    HikariDataSource target = Pools.open("target", game.config().requireTarget(), 2);
    open.push(target);
    try (Politeness polite = Politeness.open(game.config(), null, line -> {});
        Connection connection = target.getConnection()) {
      SaveSource.Sums sums = Objects.requireNonNull(source.sums());
      List<KeyRange> ranges = new RangeTable(connection, source, sums.keyOrder()).read();
      LedgerSums ledger =
          LedgerSums.read(target, source.name(), sums.ledgerVersion(near), "2001-01-01", () -> {});
      RangeComparison comparison = new RangeComparison(source, ledger, near, polite, () -> {});
      int same = 0;
      for (KeyRange range : ranges) {
        LedgerSums.Entry entry = comparison.same(range);
        same += entry == null ? 0 : (int) entry.sum().rows();
      }
      return same;
    } finally {
      ResourceCloser.all(open);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BIGINT          | RIGHT(id, 4) + 100                                                | 107",
        "INT UNSIGNED    | RIGHT(id, 4) + 4000000000                                         |"
            + " 4000000007",
        "DECIMAL(20,4)   | RIGHT(id, 4) + 0.25                                               |"
            + " 7.2500",
        "DATETIME        | '2026-01-01 10:00:00' + INTERVAL RIGHT(id, 4) SECOND              |"
            + " 2026-01-01 10:00:07",
        "DATETIME(6)     | '2026-01-01 10:00:00.5' + INTERVAL RIGHT(id, 4) SECOND            |"
            + " 2026-01-01 10:00:07.5",
        "TIMESTAMP(3)    | '2026-01-01 10:00:00.250' + INTERVAL RIGHT(id, 4) SECOND          |"
            + " 2026-01-01 10:00:07.25",
        "DATE            | '2026-01-01' + INTERVAL RIGHT(id, 4) DAY                          |"
            + " 2026-01-08"
      })
  void whatItsWatermarkProvesIsNotHashedAndTheOthersAre(String type, String step, String newest)
      throws Exception {
    Game game = game(type, step);
    String near = Objects.requireNonNull(Watermark.nearFrom(newest, newest, 0L));
    assertThat(same(game, near)).isEqualTo(10);
    assertThat(same(game, null)).isEqualTo(10);
    // p0002 is proven by its watermark, wrongly; p0007 is near.
    game.source(CHANGE.formatted("p0002"));
    assertThat(same(game, near)).isEqualTo(10);
    int all = same(game, null);
    assertThat(all).isLessThan(10);
    game.source(CHANGE.formatted("p0007"));
    assertThat(same(game, near)).isLessThan(10);
    game.source("UPDATE saves SET data = NULL, changed = NULL WHERE id = 'p0002'");
    assertThat(same(game, near)).isLessThan(10);
  }

  @Test
  void aBlobNearIsReadByAllColumnsOfItsKey() throws Exception {
    Game game = new Game(folder);
    game.source("DROP TABLE saves");
    game.source(
        "CREATE TABLE saves (a INT, b VARCHAR(20), changed BIGINT, data LONGBLOB, PRIMARY KEY (a,"
            + " b))");
    for (int i = 0; i < 12; i++) {
      insert(game, "saves", "%d, 'k%d', %d".formatted(i % 3, i % 4, 100 + i), i);
    }
    game.configure(
        "table: saves\n  key: [a, b]\n  blob: data\n  watermark: changed\n  overlap: 3",
        game.targetUrl());
    migrate(game);
    assertThat(same(game, "107")).isEqualTo(12);
    assertThat(same(game, null)).isEqualTo(12);
    String change = "UPDATE saves SET data = x'800249370a2e' WHERE changed = ";
    game.source(change + 102);
    assertThat(same(game, "107")).isEqualTo(12);
    game.source(change + 108);
    assertThat(same(game, "107")).isLessThan(12);
  }

  /** Its rows out of scope may have the keys of those in scope. */
  @Test
  void aBlobNearInAViewIsThatOfTheRowInScope() throws Exception {
    Game game = new Game(folder);
    game.source("DROP TABLE saves");
    game.source(
        "CREATE TABLE every (tenant INT, id INT, changed BIGINT, data LONGBLOB, PRIMARY KEY"
            + " (tenant, id))");
    game.source("CREATE VIEW saves AS SELECT * FROM every");
    for (int i = 0; i < 5; i++) {
      insert(game, "every", "1, %d, 100".formatted(i), i);
      insert(game, "every", "2, %d, 100".formatted(i), i);
    }
    game.configure(
        "table: saves\n  key: id\n  blob: data\n  watermark: changed\n  where: tenant = 2",
        game.targetUrl());
    migrate(game);
    assertThat(same(game, "90")).isEqualTo(5);
    game.source("UPDATE every SET data = x'800249370a2e' WHERE tenant = 2 AND id = 3");
    assertThat(same(game, "90")).isLessThan(5);
  }

  private static void insert(Game game, String table, String values, int save) throws Exception {
    String sql = "INSERT INTO %s VALUES (%s, ?)".formatted(table, values);
    try (Connection connection = game.connection(game.sourceUrl());
        PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setBytes(1, Game.save(save));
      insert.executeUpdate();
    }
  }

  private static void migrate(Game game) throws Exception {
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
  }

  @Test
  void theLeastThatIsNearIsOfBothAndOfOneKind() {
    assertThat(Watermark.nearFrom("5000", "4900.5", null)).isEqualTo("3900.5");
    assertThat(Watermark.nearFrom("2026-01-01 10:00:00", "2026-01-02", 1L))
        .isEqualTo("2026-01-01 09:59:59.000000");
    assertThat(Watermark.nearFrom("2026-01-01 10:00:00", "12", 1L)).isNull();
    assertThat(Watermark.nearFrom(null, "12", 1L)).isNull();
    assertThat(Watermark.nearFrom("v12", "v13", 1L)).isNull();
  }
}
