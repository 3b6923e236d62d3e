package io.picklift.app.workers.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.accept.AcceptList;
import io.picklift.app.cli.Run;
import io.picklift.app.config.Config;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.job.Game;
import io.picklift.app.report.Finding;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.verify.DirectVerify;
import io.picklift.app.verify.VerifyOptions;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A verification whose ranges workers look at, all in this process. */
@Tag("database")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
final class SharedVerifyTest {
  private static final int SAVES = 110;

  @TempDir private Path folder = Path.of("");
  private Game game;
  private OneWorker one;

  @BeforeEach
  void fill() throws Exception {
    game = OneWorker.migrated(folder, SAVES);
    game.put("p0010", Game.save(11));
    game.put("p0300", Game.save(5));
    game.source("DELETE FROM saves WHERE id = 'p0020'");
    game.target(
        "UPDATE picklift_archive SET content_sha256 = REPEAT('x', 32) WHERE save_id ="
            + " (SELECT save_id FROM picklift_save WHERE source_key = 'p0077')");
    one = new OneWorker(game, folder);
  }

  private static VerifyOptions options() {
    return VerifyOptions.all(DecodingEngine.Name.FAST, Limits.forSaves(2), 2)
        .with(VerifyOptions.Proofs.RENEWED);
  }

  private VerifyReport alone() throws Exception {
    Config config = game.config();
    try (DirectVerify verify = DirectVerify.open(config, options(), false, ProgressListener.NONE)) {
      return run(verify);
    }
  }

  private static VerifyReport run(DirectVerify verify) throws Exception {
    VerifyReport report = verify.report(AcceptList.none(), null);
    verify.run(report, ProgressListener.NONE);
    verify.facts(report);
    return report;
  }

  private DirectVerify shared() throws Exception {
    return shared(ProgressListener.NONE);
  }

  private DirectVerify shared(ProgressListener progress) throws Exception {
    Config config = game.config();
    DirectVerify verify = DirectVerify.open(config, options(), false, progress);
    verify.share(config, one.options(), progress);
    return verify;
  }

  private static void assertSame(VerifyReport report, VerifyReport other) {
    assertThat(report.results()).isEqualTo(other.results());
    assertThat(report.model().totals()).isEqualTo(other.model().totals());
    assertThat(report.model().proof()).isEqualTo(other.model().proof());
    assertThat(report.quarantinedByReason()).isEqualTo(other.quarantinedByReason());
  }

  @Test
  void theReportIsTheSameAsWithoutWorkers() throws Exception {
    VerifyReport alone = alone();
    assertThat(alone.different()).isGreaterThanOrEqualTo(3);
    try (DirectVerify verify = shared()) {
      VerifyReport report = one.during(OneWorker.begun(() -> run(verify)));
      assertSame(report, alone);
    }
    assertThat(game.number("SELECT COUNT(*) FROM picklift_lease WHERE state = 'counted'"))
        .isEqualTo(4);
    assertThat(game.number("SELECT COUNT(*) FROM picklift_scan_result")).isZero();
  }

  @Test
  void rangesThatAreSplitMakeTheSameReport() throws Exception {
    VerifyReport alone = alone();
    try (DirectVerify verify = shared()) {
      assertSame(one.splitting(OneWorker.begun(() -> run(verify))), alone);
    }
    assertThat(game.number("SELECT COUNT(*) FROM picklift_lease WHERE state = 'counted'"))
        .isGreaterThan(4);
  }

  @Test
  void aWorkerThatDiedLeavesNothingTwiceAndNothingOut() throws Exception {
    try (DirectVerify verify = shared()) {
      CompletableFuture<VerifyReport> run = OneWorker.begun(() -> run(verify));
      String token = new DeadWorker(game, one.broker()).takeOne();
      assertThat(one.during(run).rows()).as(token).isEqualTo(SAVES + 1);
    }
  }

  @Test
  void aSaveThatThreeWorkersDiedOfAloneIsToldAndTheRestIsVerified() throws Exception {
    VerifyReport alone = alone();
    try (DirectVerify verify = shared()) {
      CompletableFuture<VerifyReport> run = OneWorker.begun(() -> run(verify));
      new DeadWorker(game, one.broker()).dieOf("p0042");
      // This one died with another in hand, too.
      game.target(
          "INSERT INTO picklift_scan_suspect VALUES ('saves', UNHEX(SHA2('p0043', 256)), 0)");
      VerifyReport report = one.during(run);
      assertThat(report.rows()).isEqualTo(SAVES + 1);
      SaveResult poison =
          new SaveResult("p0042", SaveResult.Status.UNPROVEN, "", List.of(Finding.poison()));
      assertThat(report.results())
          .contains(poison)
          .filteredOn(result -> !result.key().equals("p0042"))
          .isEqualTo(alone.results());
    }
    assertThat(game.number("SELECT COUNT(*) FROM picklift_scan_in_hand")).isZero();
    assertThat(game.number("SELECT COUNT(*) FROM picklift_scan_suspect")).isZero();
  }

  @Test
  void ordersAreTakenAsThoseForARun() throws Exception {
    Said said = new Said();
    try (DirectVerify verify = shared(said)) {
      CompletableFuture<VerifyReport> run = OneWorker.begun(() -> run(verify));
      String token = new DeadWorker(game, one.broker()).takeOne();
      Run set = Run.on(game, "set", "rate=500");
      assertThat(set.status()).as(set.err() + token).isNotEqualTo(2);
      said.await("the rate is 500 saves a second now");
      Run stop = Run.on(game, "stop");
      assertThat(stop.status()).as(stop.err()).isNotEqualTo(2);
      assertThatThrownBy(() -> run.get(1, TimeUnit.MINUTES))
          .hasRootCauseMessage(
              "stopped; the findings so far are in the target: run the same command again to"
                  + " continue");
      said.await("told to stop by picklift stop");
    }
  }

  @Test
  void aCoordinatorThatWasStoppedGoesOnWithWhatIsFound() throws Exception {
    try (DirectVerify verify = shared()) {
      CompletableFuture<VerifyReport> run = OneWorker.begun(() -> run(verify));
      String token = new DeadWorker(game, one.broker()).takeOne();
      // What a worker had found of another range before.
      game.target("UPDATE picklift_scan_range SET is_done = TRUE ORDER BY place LIMIT 1");
      verify.stop();
      assertThatThrownBy(() -> run.get(1, TimeUnit.MINUTES))
          .as(token)
          .hasRootCauseInstanceOf(IOException.class)
          .hasRootCauseMessage(
              "stopped; the findings so far are in the target: run the same command again to"
                  + " continue");
    }
    long first = game.number("SELECT range_id FROM picklift_scan_range ORDER BY place LIMIT 1");
    try (DirectVerify verify = shared()) {
      CompletableFuture<VerifyReport> run = OneWorker.begun(() -> run(verify));
      VerifyReport report = one.during(run);
      // The range that is done already is not looked at again.
      assertThat(first).isPositive();
      assertThat(report.rows()).isLessThan(SAVES + 1);
    }
  }
}
