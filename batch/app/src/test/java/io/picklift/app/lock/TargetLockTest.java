package io.picklift.app.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.config.Config;
import io.picklift.app.database.Pools;
import io.picklift.app.database.Retry;
import io.picklift.app.job.Game;
import io.picklift.app.job.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A lock whose connection is lost. */
@Tag("database")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class TargetLockTest {
  @TempDir private Path folder = Path.of("");

  private static Config by(Proxy proxy, Game game) throws Exception {
    game.configure("table: saves\n  key: id\n  blob: data", proxy.url(game.targetUrl()));
    game.append("run: {timeout: 3}\n");
    return game.config();
  }

  /** As all work does: a connection of the pool may have been cut off as well. */
  private static void hold(TargetLock lock) throws SQLException {
    boolean isHeld =
        Retry.retrying(
            () -> {
              lock.hold();
              return true;
            });
    assertThat(isHeld).isTrue();
  }

  /** The server hears nothing of it, and keeps connection and lock. */
  @Test
  void aConnectionThatTheNetworkCutOffIsEndedByWhoHeldTheLockWithIt() throws Exception {
    Game game = new Game(folder);
    try (Proxy proxy = new Proxy(game.targetUrl());
        HikariDataSource pool = Pools.open("target", by(proxy, game).requireTarget(), 3);
        TargetLock lock = Objects.requireNonNull(TargetLock.take(pool))) {
      lock.hold();
      String holder = "SELECT IS_USED_LOCK('%s')".formatted(TargetLock.name(schema(game)));
      long before = game.number(holder);
      proxy.cutOff();
      hold(lock);
      assertThat(game.number(holder)).isPositive().isNotEqualTo(before);
      assertThat(
              game.number(
                  "SELECT COUNT(*) FROM information_schema.processlist WHERE id = " + before))
          .isZero();
      lock.hold();
    }
  }

  /** The process is gone, and the server has not noticed: its statement goes on. */
  @Test
  void aStatementThatAnEarlierRunHasUnderWayIsEnded() throws Exception {
    Game game = new Game(folder);
    try (HikariDataSource pool = Pools.open("target", game.config().requireTarget(), 4);
        Connection writing = pool.getConnection()) {
      try (TargetLock former = Objects.requireNonNull(TargetLock.take(pool))) {
        former.mark(writing);
      }
      CompletableFuture<Boolean> isEnded =
          CompletableFuture.supplyAsync(
              () -> {
                try (Statement sleep = writing.createStatement()) {
                  sleep.execute("SELECT SLEEP(240)");
                  return false;
                } catch (SQLException e) {
                  return true;
                }
              });
      try (TargetLock lock = Objects.requireNonNull(TargetLock.take(pool))) {
        lock.endFormer();
        assertThat(isEnded.get(1, TimeUnit.MINUTES)).isTrue();
        lock.endFormer();
      }
    }
  }

  @Test
  void aLockThatAnotherProcessTookSinceIsLeftToIt() throws Exception {
    Game game = new Game(folder);
    try (Proxy proxy = new Proxy(game.targetUrl());
        HikariDataSource pool = Pools.open("target", by(proxy, game).requireTarget(), 3)) {
      TargetLock lock = Objects.requireNonNull(TargetLock.take(pool));
      String name = TargetLock.name(schema(game));
      long before = game.number("SELECT IS_USED_LOCK('%s')".formatted(name));
      proxy.cutOff();
      game.target("KILL " + before);
      game.configure("");
      try (HikariDataSource direct = Pools.open("target", game.config().requireTarget(), 2);
          TargetLock other = Objects.requireNonNull(TargetLock.take(direct))) {
        assertThatThrownBy(() -> hold(lock)).isInstanceOf(LockLostException.class);
        other.hold();
        assertThat(game.number("SELECT IS_USED_LOCK('%s')".formatted(name))).isPositive();
      }
    }
  }

  /** As by a server that was started anew. */
  @Test
  void aLockWhoseConnectionEndsIsTakenAgainBeforeItIsAskedFor() throws Exception {
    Game game = new Game(folder);
    game.configure("");
    try (HikariDataSource pool = Pools.open("target", game.config().requireTarget(), 3);
        TargetLock lock = Objects.requireNonNull(TargetLock.take(pool))) {
      String holder = "SELECT IS_USED_LOCK('%s')".formatted(TargetLock.name(schema(game)));
      game.target("KILL " + game.number(holder));
      assertThat(Retry.retrying(lock::isAsked)).isFalse();
      assertThat(game.number(holder)).isPositive();
    }
  }

  @Test
  void aLockThatIsLentComesBackThoughItsConnectionEndsMeanwhile() throws Exception {
    Game game = new Game(folder);
    game.configure("");
    try (HikariDataSource pool = Pools.open("target", game.config().requireTarget(), 3);
        TargetLock lock = Objects.requireNonNull(TargetLock.take(pool));
        Connection asks = game.targetConnection();
        Statement statement = asks.createStatement()) {
      String name = TargetLock.name(schema(game));
      String turn = TargetLock.name("picklift-turn:", schema(game));
      statement.execute("SELECT GET_LOCK('%s', 0)".formatted(turn));
      long holder = game.number("SELECT IS_USED_LOCK('%s')".formatted(name));
      CompletableFuture<Boolean> isBack =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return lock.lend(() -> false);
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      statement.execute("SELECT GET_LOCK('%s', 60)".formatted(name));
      statement.execute("KILL " + holder);
      statement.execute("DO SLEEP(0.3)");
      assertThat(isBack.isDone()).as("%s", isBack).isFalse();
      statement.execute("SELECT RELEASE_LOCK('%s')".formatted(turn));
      statement.execute("DO SLEEP(0.3)");
      assertThat(isBack.isDone()).as("%s", isBack).isFalse();
      statement.execute("SELECT RELEASE_LOCK('%s')".formatted(name));
      assertThat(isBack.get(60, TimeUnit.SECONDS)).isTrue();
      lock.hold();
      assertThat(game.number("SELECT IS_USED_LOCK('%s')".formatted(name)))
          .isPositive()
          .isNotEqualTo(holder);
    }
  }

  private static String schema(Game game) throws Exception {
    return Objects.requireNonNull(game.text("SELECT DATABASE()"));
  }
}
