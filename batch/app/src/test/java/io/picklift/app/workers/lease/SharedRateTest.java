package io.picklift.app.workers.lease;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.config.MaxRate;
import io.picklift.app.database.Pools;
import io.picklift.app.job.Game;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.target.TargetSchema;
import io.picklift.app.throttle.Politeness;
import io.picklift.app.workers.SharedPace;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rate is of all workers together: each keeps the share of the ranges that it has in hand. */
@Tag("database")
final class SharedRateTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void eachWorkerKeepsItsShare() throws Exception {
    Game game = new Game(folder);
    game.configure("");
    try (HikariDataSource target = Pools.open("target", game.config().requireTarget(), 4);
        TargetLock lock = Objects.requireNonNull(TargetLock.take(target));
        Politeness one = Politeness.open(game.config(), null, line -> {});
        Politeness other = Politeness.open(game.config(), null, line -> {})) {
      TargetSchema.migrate(target);
      lock.enter();
      Leases leases = new Leases(target, lock.generation(), 60_000);
      for (int i = 0; i < 4; i++) {
        long id = leases.offer("migrateRange", i);
        assertThat(HeldLease.take(target, lock.generation(), id, 1, i == 0 ? "one" : "other"))
            .isNotNull();
      }
      try (SharedPace ofOne = SharedPace.begin(target, one, "one");
          SharedPace ofOther = SharedPace.begin(target, other, "other")) {
        ofOne.keep("80");
        ofOther.keep("80");
        assertThat(rate(one)).isEqualTo(20);
        assertThat(rate(other)).isEqualTo(60);
        ofOne.keep(null);
        assertThat(one.rate()).isNull();
      }
    }
  }

  private static double rate(Politeness polite) {
    MaxRate rate = Objects.requireNonNull(polite.rate());
    return rate.perSecond();
  }
}
