package io.picklift.app.workers.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.accept.AcceptList;
import io.picklift.app.database.Pools;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.job.Game;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.poison.SavesInHand;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.verify.DirectVerify;
import io.picklift.app.verify.VerifyOptions;
import io.picklift.app.workers.Attempt;
import io.picklift.app.workers.Worker;
import io.picklift.app.workers.lease.HeldLease;
import io.picklift.app.workers.lease.Progress;
import io.picklift.app.workers.lease.SharedRun;
import io.picklift.codec.Limits;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator that begins again while its workers live on counts none of them as dead. */
@Tag("database")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class LivingWorkerTest {
  private static final int SAVES = 60;

  @TempDir private Path folder = Path.of("");

  /**
   * Has a coordinator begin three times, each time a range is done whose saves are noted still.
   *
   * @param infix of the tables
   * @param seen gets, for each, how many notes are left and how many deaths are counted
   */
  private record Restarts(Game game, Worker.Work work, String infix, Queue<String> seen)
      implements Worker.Work {
    @Override
    public Attempt begin(HeldLease lease, SharedRun run) throws SQLException {
      Attempt attempt = work.begin(lease, run);
      return new Attempt() {
        @Override
        public void run() {
          attempt.run();
          restart(lease.grant().token());
        }

        @Override
        public void end() throws SQLException {
          attempt.end();
        }

        @Override
        public Progress progress() {
          return attempt.progress();
        }

        @Override
        public void stop() {
          attempt.stop();
        }
      };
    }

    private void restart(String slot) {
      String notes = "picklift_%sin_hand WHERE slot = '%s'".formatted(infix, slot);
      try (HikariDataSource target = Pools.open("target", game.config().requireTarget(), 2)) {
        game.target(
            "UPDATE picklift_%sin_hand SET is_alone = TRUE WHERE slot = '%s'"
                .formatted(infix, slot));
        SavesInHand coordinator =
            infix.isEmpty()
                ? new SavesInHand(target, "saves")
                : SavesInHand.ofScan(target, "saves", null);
        for (int i = 0; i < SavesInHand.MOST_DEATHS; i++) {
          coordinator.begin();
        }
        seen.add(
            game.number("SELECT COUNT(*) FROM " + notes)
                + " noted, deaths "
                + game.number(
                    "SELECT COALESCE(SUM(deaths), 0) FROM picklift_%ssuspect".formatted(infix)));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void check(SharedRun run) {
      work.check(run);
    }
  }

  @Test
  void ofAMigration() throws Exception {
    Game game = new Game(folder);
    game.configure("");
    game.fill(SAVES);
    OneWorker one = new OneWorker(game, folder);
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    JobOptions options = JobOptions.of(2, DecodingEngine.Name.FAST).withWorkers(one.options());
    long added =
        one.during(
            OneWorker.begun(
                () -> {
                  try (Jobs jobs = Jobs.open(game.config(), options, ProgressListener.NONE)) {
                    return jobs.migrate().counts().added();
                  }
                }),
            work -> new Restarts(game, work, "", seen));
    assertThat(added).isEqualTo(SAVES);
    // On a slow machine a lease may end meanwhile, and its notes with it.
    assertThat(List.copyOf(seen))
        .contains("1 noted, deaths 0")
        .allMatch(each -> each.endsWith(", deaths 0"));
  }

  @Test
  void ofAVerification() throws Exception {
    Game game = OneWorker.migrated(folder, SAVES);
    OneWorker one = new OneWorker(game, folder);
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    VerifyOptions options = VerifyOptions.all(DecodingEngine.Name.FAST, Limits.forSaves(2), 2);
    try (DirectVerify verify =
        DirectVerify.open(game.config(), options, false, ProgressListener.NONE)) {
      verify.share(game.config(), one.options(), ProgressListener.NONE);
      VerifyReport report = verify.report(AcceptList.none(), null);
      long rows =
          one.during(
              OneWorker.begun(
                  () -> {
                    verify.run(report, ProgressListener.NONE);
                    return report.rows();
                  }),
              work -> new Restarts(game, work, "scan_", seen));
      assertThat(rows).isEqualTo(SAVES + 1);
    }
    // On a slow machine a lease may end meanwhile, and its notes with it.
    assertThat(List.copyOf(seen))
        .contains("1 noted, deaths 0")
        .allMatch(each -> each.endsWith(", deaths 0"));
  }
}
