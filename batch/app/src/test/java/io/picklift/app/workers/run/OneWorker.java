package io.picklift.app.workers.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.config.Config;
import io.picklift.app.database.Pools;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.job.Game;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.job.WorkerJobs;
import io.picklift.app.restore.RestoreScan;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.verify.VerifyScan;
import io.picklift.app.workers.Attempt;
import io.picklift.app.workers.Worker;
import io.picklift.app.workers.WorkersOptions;
import io.picklift.app.workers.broker.BrokerAddress;
import io.picklift.app.workers.lease.HeldLease;
import io.picklift.app.workers.lease.SharedRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A worker with two threads in the test's process, and how a run shares out to it. */
final class OneWorker {
  private final Game game;
  private final Path folder;
  private final BrokerAddress broker;
  private final @Nullable DjangoSigner signer;

  OneWorker(Game game, Path folder) throws IOException {
    this.game = game;
    this.folder = folder;
    signer = null;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      broker =
          BrokerAddress.parse(
              "127.0.0.1:" + socket.getLocalPort(), Map.of(BrokerAddress.PASSWORD, "secret"));
    }
  }

  private OneWorker(Game game, Path folder, BrokerAddress broker, DjangoSigner signer) {
    this.game = game;
    this.folder = folder;
    this.broker = broker;
    this.signer = signer;
  }

  /** The same with a key to sign by. */
  OneWorker signing(DjangoSigner by) {
    return new OneWorker(game, folder, broker, by);
  }

  /** Saves and a row that is none, which a run without workers has migrated. */
  static Game migrated(Path folder, int saves) throws Exception {
    Game game = new Game(folder);
    game.configure("");
    game.fill(saves);
    game.put("p0200", new byte[] {1, 2, 3});
    try (Jobs jobs =
        Jobs.open(
            game.config(), JobOptions.of(2, DecodingEngine.Name.FAST), ProgressListener.NONE)) {
      assertThat(jobs.migrate().counts().added()).isEqualTo(saves);
    }
    return game;
  }

  BrokerAddress broker() {
    return broker;
  }

  WorkersOptions options() {
    return options(WorkersOptions.LEAST_SAVES);
  }

  /** The same with ranges of so many saves at least. */
  WorkersOptions options(int leastSaves) {
    return new WorkersOptions(
        broker,
        true,
        folder.resolve("broker"),
        Duration.ofSeconds(2),
        "1",
        null,
        leastSaves,
        false);
  }

  /** Begins what shares out; failures come with its result. */
  static <T> CompletableFuture<T> begun(Callable<T> run) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return run.call();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Works until a run that shares out has ended. */
  <T> T during(CompletableFuture<T> run) throws Exception {
    return during(run, work -> work);
  }

  /** The same, with each attempt at a range begun when its lease is asked to be split. */
  <T> T splitting(CompletableFuture<T> run) throws Exception {
    return during(run, work -> new Asked(game, work));
  }

  private record Asked(Game game, Worker.Work work) implements Worker.Work {
    @Override
    public Attempt begin(HeldLease lease, SharedRun run) throws SQLException {
      game.target(
          "REPLACE INTO picklift_lease_split VALUES (%d, %d)"
              .formatted(lease.grant().leaseId(), lease.grant().epoch()));
      while (!lease.isSplitWanted()) {
        LockSupport.parkNanos(1_000_000);
      }
      return work.begin(lease, run);
    }

    @Override
    public void check(SharedRun run) {
      work.check(run);
    }
  }

  /** The same, with attempts that are made in another way. */
  <T> T during(CompletableFuture<T> run, UnaryOperator<Worker.Work> as) throws Exception {
    Config config = game.config();
    try (WorkerJobs jobs =
            WorkerJobs.open(
                config,
                2,
                "1",
                "one",
                line -> {},
                List.of(new VerifyScan(config, 2), new RestoreScan(config, 2, signer)));
        HikariDataSource target = Pools.open("target", config.requireTarget(), 8)) {
      Worker worker = new Worker(target, broker, as.apply(jobs), "one", line -> {});
      CompletableFuture<Void> working = CompletableFuture.runAsync(() -> worker.run(2));
      try {
        // One that ends before the run has failed.
        Object first = CompletableFuture.anyOf(run, working).get(2, TimeUnit.MINUTES);
        return run.get(first == null ? 0 : 120, TimeUnit.SECONDS);
      } finally {
        worker.stop();
        working.get(1, TimeUnit.MINUTES);
      }
    }
  }
}
