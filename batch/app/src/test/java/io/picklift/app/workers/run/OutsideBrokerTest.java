package io.picklift.app.workers.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.account.RunSummary;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.job.Game;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.job.Proxy;
import io.picklift.app.job.WorkerJobs;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.workers.Worker;
import io.picklift.app.workers.WorkersOptions;
import io.picklift.app.workers.broker.BrokerAddress;
import io.picklift.app.workers.broker.BrokerException;
import io.picklift.app.workers.broker.PartitionQueue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker of the user's with TLS and a password, and what the network to it does. */
@Tag("database")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
final class OutsideBrokerTest {
  private static final int SAVES = 80;

  @TempDir private Path folder = Path.of("");
  private TlsBroker broker;
  private Proxy coordinators;
  private Proxy workers;

  @BeforeEach
  void start() throws Exception {
    broker = TlsBroker.start(folder, "secret");
    String url = "jdbc:mysql://127.0.0.1:" + broker.port() + "/";
    coordinators = new Proxy(url);
    workers = new Proxy(url);
  }

  @AfterEach
  void stop() throws Exception {
    coordinators.close();
    workers.close();
    broker.close();
  }

  private BrokerAddress by(Proxy proxy, String password) {
    Map<String, String> environment = new HashMap<>();
    environment.put(BrokerAddress.PASSWORD, password);
    environment.put("PICKLIFT_BROKER_TRUSTSTORE", broker.trustStore().toString());
    environment.put("PICKLIFT_BROKER_TRUSTSTORE_PASSWORD", TlsBroker.STORE_PASSWORD);
    return BrokerAddress.parse("ssl://" + proxy.url("127.0.0.1:" + broker.port()), environment);
  }

  @Test
  void onlyWhoHasThePasswordAndTrustsTheBrokerGetsIn() throws Exception {
    try (PartitionQueue queue = PartitionQueue.open(by(workers, "secret"), "q", true)) {
      assertThat(queue.receive(50)).isNull();
    }
    assertThatThrownBy(() -> PartitionQueue.open(by(workers, "guess"), "q", true))
        .isInstanceOf(BrokerException.class)
        .hasMessageNotContaining("guess");
    BrokerAddress trusting = by(workers, "secret");
    BrokerAddress suspicious =
        BrokerAddress.parse("ssl://" + trusting.place(), Map.of(BrokerAddress.PASSWORD, "secret"));
    assertThatThrownBy(() -> PartitionQueue.open(suspicious, "q", true))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining(trusting.place());
  }

  @Test
  void aCutBetweenBrokerAndEitherSideIsGotOver() throws Exception {
    Game game = new Game(folder);
    game.configure("");
    game.fill(SAVES);
    List<String> said = new CopyOnWriteArrayList<>();
    WorkersOptions options =
        new WorkersOptions(
            by(coordinators, "secret"), false, folder, Duration.ofSeconds(2), "1", null);
    CompletableFuture<RunSummary> run =
        OneWorker.begun(
            () -> {
              try (Jobs jobs =
                  Jobs.open(
                      game.config(),
                      JobOptions.of(2, DecodingEngine.Name.FAST).withWorkers(options),
                      ProgressListener.NONE)) {
                return jobs.migrate();
              }
            });
    String token = new DeadWorker(game, by(workers, "secret")).takeOne();
    // Its range is offered anew, which the coordinator cannot say at first.
    coordinators.goAway();
    try (WorkerJobs jobs = WorkerJobs.open(game.config(), 2, "1", "one", line -> {})) {
      Worker worker = jobs.worker(by(workers, "secret"), said::add);
      CompletableFuture<Void> working = CompletableFuture.runAsync(() -> worker.run(2));
      while (game.number("SELECT COUNT(*) FROM picklift_lease WHERE state = 'counted'") == 0) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      workers.goAway();
      while (said.isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      coordinators.comeBack();
      workers.comeBack();
      assertThat(run.get(2, TimeUnit.MINUTES).counts().added()).as(token).isEqualTo(SAVES);
      worker.stop();
      working.get(1, TimeUnit.MINUTES);
    }
    assertThat(said.get(0)).contains("the broker at").endsWith("waiting for it");
    assertThat(said.get(1)).startsWith("connected to the broker at");
  }

  /** Spring Batch's issue 4431: a worker that is told to stop hangs in JMS. */
  @Test
  void aWorkerEndsWhileItsBrokerSaysNothingAnyMore() throws Exception {
    Game game = new Game(folder);
    game.configure("");
    game.fill(SAVES);
    WorkersOptions options =
        new WorkersOptions(
            by(coordinators, "secret"), false, folder, Duration.ofSeconds(2), "1", null);
    try (Jobs jobs =
            Jobs.open(
                game.config(),
                JobOptions.of(2, DecodingEngine.Name.FAST).withWorkers(options),
                ProgressListener.NONE);
        WorkerJobs worked = WorkerJobs.open(game.config(), 1, "1", "one", line -> {})) {
      assertThat(jobs.isStopped()).isFalse();
      Worker worker = worked.worker(by(workers, "secret"), line -> {});
      CompletableFuture<Void> working = CompletableFuture.runAsync(() -> worker.run(1));
      while (!isReceiving()) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      workers.fallSilent();
      worker.stop();
      working.get(1, TimeUnit.MINUTES);
      assertThat(isReceiving()).as("the worker's thread hangs, and is left behind").isTrue();
    }
  }

  /** Whether a worker's thread waits for messages. */
  private static boolean isReceiving() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith("worker-"))
        .flatMap(thread -> Stream.of(thread.getValue()))
        .anyMatch(
            frame ->
                frame.getClassName().equals(PartitionQueue.class.getName())
                    && frame.getMethodName().equals("receive"));
  }
}
