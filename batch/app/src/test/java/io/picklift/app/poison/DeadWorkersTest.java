package io.picklift.app.poison;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.database.Pools;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.app.lock.LifeSign;
import io.picklift.app.source.SaveKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A death counts where the process is gone that had the save in hand. */
@Tag("database")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
final class DeadWorkersTest {
  private static final SaveKey KEY = new SaveKey(List.of("p0003"));
  private static final String DEATHS = "SELECT SUM(deaths) FROM picklift_scan_suspect";
  private static final String SUSPECTS = "SELECT COUNT(*) FROM picklift_scan_suspect";
  private static final String NOTES = "SELECT COUNT(*) FROM picklift_scan_in_hand";

  @TempDir private Path folder = Path.of("");
  private Game game;
  private HikariDataSource target;
  private LifeSign life;
  private SavesInHand coordinator;
  private SavesInHand attempt;

  @BeforeEach
  void fill() throws Exception {
    game = new Game(folder);
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().added()).isZero();
    }
    target = Pools.open("target", game.config().requireTarget(), 4);
    life = LifeSign.begin(target);
    coordinator = SavesInHand.ofScan(target, "saves", null);
    attempt = SavesInHand.ofScan(target, "saves", life.token()).attempt("one");
    attempt.hold("one", List.of(KEY), true);
  }

  @AfterEach
  void close() throws SQLException {
    life.close();
    target.close();
  }

  private boolean isThere() throws SQLException {
    try (Connection connection = target.getConnection()) {
      return LifeSign.isThere(connection, life.token());
    }
  }

  @Test
  void aCoordinatorThatBeginsAgainCountsWorkersThatDiedAndNoOthers() throws Exception {
    for (int i = 0; i < SavesInHand.MOST_DEATHS; i++) {
      coordinator.begin();
    }
    assertThat(game.number(SUSPECTS)).isZero();
    assertThat(game.number(NOTES)).isEqualTo(1);
    life.close();
    coordinator.begin();
    assertThat(game.number(DEATHS)).isEqualTo(1);
    assertThat(game.number(NOTES)).isZero();
    assertThat(coordinator.isSuspect(KEY)).isTrue();
    assertThat(coordinator.isPoison(KEY)).isFalse();
  }

  @Test
  void aWorkerThatLivesAndEndsInOrderLeavesNothing() throws Exception {
    coordinator.begin();
    attempt.leave();
    life.close();
    coordinator.begin();
    assertThat(game.number(SUSPECTS)).isZero();
  }

  /** A worker that is stopped, or cut off, for longer than its lease. */
  @Test
  void silenceOfAWorkerThatLivesMakesSuspectsAndIsNoDeath() throws Exception {
    coordinator.silent("one");
    assertThat(game.number(SUSPECTS)).isEqualTo(1);
    assertThat(game.number(DEATHS)).isZero();
    assertThat(game.number(NOTES)).isEqualTo(1);
    // It dies before it wakes up, which is seen when another attempt is not heard of.
    life.close();
    coordinator.silent("two");
    assertThat(game.number(DEATHS)).isEqualTo(1);
    assertThat(game.number(NOTES)).isZero();
  }

  @Test
  void aWorkerThatWakesUpAfterItsLeaseIsNobodysDeath() throws Exception {
    coordinator.silent("one");
    attempt.leave();
    life.close();
    coordinator.silent("two");
    coordinator.begin();
    assertThat(game.number(SUSPECTS)).isEqualTo(1);
    assertThat(game.number(DEATHS)).isZero();
  }

  /** As after the server was started anew, which has no locks then. */
  @Test
  void aWorkerWhoseConnectionWasLostSaysAgainThatItLives() throws Exception {
    game.target("KILL " + game.number("SELECT IS_USED_LOCK('picklift-l:" + life.token() + "')"));
    while (isThere()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    coordinator.begin();
    assertThat(isThere()).isTrue();
    assertThat(game.number(SUSPECTS)).isZero();
    assertThat(game.number(NOTES)).isEqualTo(1);
  }
}
