package io.picklift.app.workers.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.account.RunSummary;
import io.picklift.app.config.Config;
import io.picklift.app.database.Pools;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.job.Game;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.job.WorkerJobs;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.source.SaveKey;
import io.picklift.app.workers.Attempt;
import io.picklift.app.workers.Worker;
import io.picklift.app.workers.WorkersOptions;
import io.picklift.app.workers.broker.BrokerAddress;
import io.picklift.app.workers.lease.HeldLease;
import io.picklift.app.workers.lease.SharedRun;
import io.picklift.schema.yaml.ConfigurationException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose ranges workers do, all in this process. */
@Tag("database")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
final class WorkersTest {
  private static final int SAVES = 80;

  @TempDir private Path folder = Path.of("");
  private Game game;
  private BrokerAddress broker;

  @BeforeEach
  void fill() throws Exception {
    game = new Game(folder);
    game.configure("");
    for (int i = 0; i < SAVES; i++) {
      game.put("u%03d".formatted(i), Game.save(i));
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      broker =
          BrokerAddress.parse(
              "127.0.0.1:" + socket.getLocalPort(), Map.of(BrokerAddress.PASSWORD, "secret"));
    }
  }

  private JobOptions shared(String version) {
    return JobOptions.of(2, DecodingEngine.Name.FAST)
        .withWorkers(
            new WorkersOptions(
                broker, true, folder.resolve("broker"), Duration.ofSeconds(2), version, null));
  }

  private CompletableFuture<RunSummary> run(String version) {
    return run(version, false);
  }

  private CompletableFuture<RunSummary> run(String version, boolean isBackfill) {
    Config config = game.config();
    return CompletableFuture.supplyAsync(
        () -> {
          try (Jobs jobs = Jobs.open(config, shared(version), ProgressListener.NONE)) {
            return isBackfill ? jobs.backfill() : jobs.migrate();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private WorkerJobs worker(String version) throws Exception {
    return WorkerJobs.open(game.config(), 2, version, "one", line -> {});
  }

  @Test
  void workersDoWhatARunDoesAlone() throws Exception {
    game.put("u999", new byte[] {1, 2, 3});
    CompletableFuture<RunSummary> run = run("1");
    try (WorkerJobs jobs = worker("1")) {
      Worker worker = jobs.worker(broker, line -> {});
      CompletableFuture<Void> working = CompletableFuture.runAsync(() -> worker.run(2));
      RunSummary summary = run.get(2, TimeUnit.MINUTES);
      worker.stop();
      working.get(1, TimeUnit.MINUTES);
      assertThat(summary.counts().added()).isEqualTo(SAVES);
      assertThat(summary.quarantinedSaves()).isEqualTo(1);
    }
    assertThat(game.number("SELECT COUNT(*) FROM picklift_lease WHERE state = 'counted'"))
        .isEqualTo(3);
    assertThat(game.number("SELECT SUM(written) FROM picklift_heartbeat")).isEqualTo(SAVES + 1);
    assertThat(game.number("SELECT COUNT(*) FROM picklift_in_hand")).isZero();
    try (Jobs jobs =
        Jobs.open(
            game.config(), JobOptions.of(2, DecodingEngine.Name.FAST), ProgressListener.NONE)) {
      assertThat(jobs.verify().equal()).isEqualTo(SAVES);
    }
  }

  @Test
  void aBackfillThatIsSharedOutCountsWhatOneProcessCounts() throws Exception {
    try (Jobs jobs =
        Jobs.open(
            game.config(), JobOptions.of(2, DecodingEngine.Name.FAST), ProgressListener.NONE)) {
      assertThat(jobs.migrate().counts().added()).isEqualTo(SAVES);
    }
    game.put("u003", Game.save(4));
    game.put("u044", Game.save(5));
    game.put("u900", Game.save(6));
    game.source("DELETE FROM saves WHERE id = 'u010'");
    CompletableFuture<RunSummary> run = run("1", true);
    try (WorkerJobs jobs = worker("1")) {
      Worker worker = jobs.worker(broker, line -> {});
      CompletableFuture<Void> working = CompletableFuture.runAsync(() -> worker.run(2));
      RunSummary summary = run.get(2, TimeUnit.MINUTES);
      worker.stop();
      working.get(1, TimeUnit.MINUTES);
      assertThat(summary.counts().added()).isEqualTo(1);
      assertThat(summary.counts().replaced()).isEqualTo(2);
      assertThat(summary.counts().unchanged()).isEqualTo(SAVES - 3);
      assertThat(summary.counts().deleted()).isEqualTo(1);
    }
  }

  @Test
  void rangesAreSplitByAMigrationAndABackfill() throws Exception {
    OneWorker one = new OneWorker(game, folder);
    broker = one.broker();
    assertThat(one.splitting(run("1")).counts().added()).isEqualTo(SAVES);
    assertThat(game.number("SELECT COUNT(*) FROM picklift_lease WHERE state = 'counted'"))
        .isGreaterThan(3);
    game.put("u003", Game.save(4));
    game.put("u044", Game.save(5));
    game.put("u900", Game.save(6));
    game.source("DELETE FROM saves WHERE id = 'u010'");
    RunSummary summary = one.splitting(run("1", true));
    assertThat(summary.counts().added()).isEqualTo(1);
    assertThat(summary.counts().replaced()).isEqualTo(2);
    assertThat(summary.counts().unchanged()).isEqualTo(SAVES - 3);
    assertThat(summary.counts().deleted()).isEqualTo(1);
  }

  /** Spring Batch's JobOperator.recover() and issues 4006 and 4431: a worker that says no more. */
  @Test
  void aWorkerThatTakesARangeAndDiesIsReplaced() throws Exception {
    CompletableFuture<RunSummary> run = run("1");
    DeadWorker dead = new DeadWorker(game, broker);
    dead.takeOne();
    assertThat(run.isDone()).isFalse();
    try (WorkerJobs jobs = worker("1")) {
      Worker worker = jobs.worker(broker, line -> {});
      CompletableFuture<Void> working = CompletableFuture.runAsync(() -> worker.run(2));
      RunSummary summary = run.get(2, TimeUnit.MINUTES);
      worker.stop();
      working.get(1, TimeUnit.MINUTES);
      assertThat(summary.counts().added()).isEqualTo(SAVES);
    }
    assertThat(game.number("SELECT MAX(failures) FROM picklift_lease")).isEqualTo(1);
    assertThat(
            game.number(
                "SELECT COUNT(*) FROM PICKLIFT_BATCH_STEP_EXECUTION WHERE STATUS NOT IN"
                    + " ('COMPLETED', 'FAILED')"))
        .isZero();
  }

  /** The first range of a run: what the ledger has of each range is summed up before. */
  @Test
  void aWorkerThatIsLongInGettingReadyKeepsItsRange() throws Exception {
    CompletableFuture<RunSummary> run = run("1");
    try (WorkerJobs jobs = worker("1");
        HikariDataSource target = Pools.open("target", game.config().requireTarget(), 8)) {
      Worker worker = new Worker(target, broker, new LongInBeginning(jobs), "one", line -> {});
      CompletableFuture<Void> working = CompletableFuture.runAsync(() -> worker.run(1));
      RunSummary summary = run.get(2, TimeUnit.MINUTES);
      worker.stop();
      working.get(1, TimeUnit.MINUTES);
      assertThat(summary.counts().added()).isEqualTo(SAVES);
    }
    assertThat(game.number("SELECT MAX(failures) FROM picklift_lease")).isZero();
  }

  private record LongInBeginning(Worker.Work work, AtomicBoolean isFirst) implements Worker.Work {
    LongInBeginning(Worker.Work work) {
      this(work, new AtomicBoolean(true));
    }

    @Override
    public Attempt begin(HeldLease lease, SharedRun run) throws SQLException {
      if (isFirst.getAndSet(false)) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(run.leaseMillis() * 3L / 2));
      }
      return work.begin(lease, run);
    }

    @Override
    public void check(SharedRun run) {
      work.check(run);
    }
  }

  /** Two workers were killed with each range, and a third one fails: that is one failure. */
  @Test
  void deathsDoNotCountAsFailures() throws Exception {
    CompletableFuture<RunSummary> run = run("1");
    String token = new DeadWorker(game, broker).takeOne();
    game.target("UPDATE picklift_lease SET state = 'failed', failure = 'no luck', failures = 3");
    try (WorkerJobs jobs = worker("1")) {
      Worker worker = jobs.worker(broker, line -> {});
      CompletableFuture<Void> working = CompletableFuture.runAsync(() -> worker.run(2));
      assertThat(run.get(2, TimeUnit.MINUTES).counts().added()).as(token).isEqualTo(SAVES);
      worker.stop();
      working.get(1, TimeUnit.MINUTES);
    }
  }

  @Test
  void aSaveThatThreeWorkersDiedOfAloneIsQuarantined() throws Exception {
    CompletableFuture<RunSummary> run = run("1");
    String token = new DeadWorker(game, broker).takeOne();
    String hash = HexFormat.of().formatHex(new SaveKey(List.of("u007")).sha256());
    game.target("INSERT INTO picklift_suspect VALUES ('saves', 0x%s, 2)".formatted(hash));
    game.target(
        "INSERT INTO picklift_in_hand VALUES ('saves', '%s', TRUE, 0x%s, NULL)"
            .formatted(token, hash));
    // Its lease ends, and what it had in hand counts.
    while (game.number("SELECT deaths FROM picklift_suspect") < 3) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    try (WorkerJobs jobs = worker("1")) {
      Worker worker = jobs.worker(broker, line -> {});
      CompletableFuture<Void> working = CompletableFuture.runAsync(() -> worker.run(2));
      RunSummary summary = run.get(2, TimeUnit.MINUTES);
      worker.stop();
      working.get(1, TimeUnit.MINUTES);
      assertThat(summary.counts().added()).isEqualTo(SAVES - 1);
    }
    assertThat(
            game.text(
                "SELECT CONCAT(source_key, ' ', reason) FROM picklift_quarantine"
                    + " JOIN picklift_save USING (save_id)"))
        .isEqualTo("u007 poison");
  }

  @Test
  void aWorkerThatIsNotLikeItsCoordinatorTakesNothingAndSaysWhy() throws Exception {
    CompletableFuture<RunSummary> run = run("1");
    try (WorkerJobs jobs = worker("2")) {
      Worker worker = jobs.worker(broker, line -> {});
      assertThatThrownBy(() -> worker.run(2))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("version differs");
    }
    assertThat(game.number("SELECT COUNT(*) FROM picklift_lease WHERE state <> 'queued'")).isZero();
    try (WorkerJobs jobs = worker("1")) {
      Worker worker = jobs.worker(broker, line -> {});
      CompletableFuture<Void> working = CompletableFuture.runAsync(() -> worker.run(1));
      assertThat(run.get(2, TimeUnit.MINUTES).counts().added()).isEqualTo(SAVES);
      worker.stop();
      working.get(1, TimeUnit.MINUTES);
    }
  }

  /** Issue 4736 of Spring Batch: a restart "completes" with no partition at all. */
  @Test
  void aRunAfterOneThatFailedWhileItWasCutDoesAll() throws Exception {
    try (Jobs jobs = Jobs.open(game.config(), shared("1"), ProgressListener.NONE)) {
      game.source("RENAME TABLE saves TO away");
      assertThatThrownBy(jobs::migrate).isInstanceOf(JobFailedException.class);
      game.source("RENAME TABLE away TO saves");
    }
    CompletableFuture<RunSummary> run = run("1");
    try (WorkerJobs jobs = worker("1")) {
      Worker worker = jobs.worker(broker, line -> {});
      CompletableFuture<Void> working = CompletableFuture.runAsync(() -> worker.run(2));
      assertThat(run.get(2, TimeUnit.MINUTES).counts().added()).isEqualTo(SAVES);
      worker.stop();
      working.get(1, TimeUnit.MINUTES);
    }
  }
}
