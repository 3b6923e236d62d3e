package io.picklift.app.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.app.job.Proxy;
import io.picklift.app.source.SaveKey;
import io.picklift.codec.Limits;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target that is away for a while while saves are restored into one of its tables. */
@Tag("database")
final class RestoreOutageTest {
  private static final int ROWS = 40;

  @TempDir private Path folder = Path.of("");

  /** What was written and not yet committed when the server went is written again. */
  @Test
  void aRestoreIntoATableWaitsForItsTarget() throws Exception {
    Game game = new Game(folder);
    game.put("none", new byte[] {1});
    try (Proxy proxy = new Proxy(game.targetUrl())) {
      game.fill(ROWS);
      game.configure("table: saves\n  key: id\n  blob: data", proxy.url(game.targetUrl()));
      try (Jobs jobs = game.open()) {
        jobs.migrate();
      }
      List<String> refused = new ArrayList<>();
      for (List<String> keys : List.of(List.<String>of(), List.of("p0003", "none", "p0007"))) {
        game.target("DROP TABLE IF EXISTS went_back");
        refused.clear();
        try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults())) {
          awayForASecond(proxy);
          try (RestoreTable table = saves.table("went_back")) {
            AtomicInteger written = new AtomicInteger();
            RestoredSaves.Sink sink = losing(table, written, proxy);
            RestoreSummary summary = saves.restore(keys, sink, (key, finding) -> refused.add(key));
            long all = keys.isEmpty() ? ROWS : keys.size() - 1;
            assertThat(written.get()).isGreaterThan((int) all);
            assertThat(summary.unchanged()).isEqualTo(all);
            assertThat(summary.failed()).isEqualTo(1);
            assertThat(summary.problems()).hasSize(1);
            assertThat(refused).containsExactly("none");
            assertThat(game.number("SELECT COUNT(*) FROM went_back")).isEqualTo(all);
          }
        }
      }
      assertThat(game.number("SELECT COUNT(*) FROM picklift_restore")).isZero();
    }
  }

  /** A sink that loses the server once, when its second save was written. */
  private static RestoredSaves.Sink losing(RestoreTable table, AtomicInteger written, Proxy proxy) {
    return new RestoredSaves.Sink() {
      @Override
      public void save(SaveKey key, byte[] blob) throws SQLException {
        table.save(key, blob);
        if (written.incrementAndGet() == 2) {
          awayForASecond(proxy);
        }
      }

      @Override
      public RestoreProgress before() {
        return table.before();
      }

      @Override
      public boolean done(RestoreProgress progress) throws SQLException {
        return table.done(progress);
      }

      @Override
      public void keep() throws SQLException {
        table.keep();
      }

      @Override
      public void again() throws SQLException {
        table.again();
      }
    };
  }

  private static void awayForASecond(Proxy proxy) {
    proxy.goAway();
    CompletableFuture<Void> unused =
        CompletableFuture.runAsync(
            proxy::comeBack, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
  }
}
