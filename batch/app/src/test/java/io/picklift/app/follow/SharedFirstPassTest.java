package io.picklift.app.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Jobs;
import io.picklift.app.job.WorkerJobs;
import io.picklift.app.workers.Worker;
import io.picklift.app.workers.WorkersOptions;
import io.picklift.app.workers.broker.BrokerAddress;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A follower whose first pass other processes do. */
@Tag("database")
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class SharedFirstPassTest {
  private static final int SAVES = 60;
  private static final String SHARED =
      "SELECT COUNT(*) FROM picklift_lease WHERE state = 'counted'";

  @TempDir private Path folder = Path.of("");

  private WorkersOptions options() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      BrokerAddress broker =
          BrokerAddress.parse(
              "127.0.0.1:" + socket.getLocalPort(), Map.of(BrokerAddress.PASSWORD, "secret"));
      return new WorkersOptions(
          broker, true, folder.resolve("broker"), Duration.ofSeconds(5), "1", null);
    }
  }

  @Test
  void workersDoTheFirstRangesAndNothingLater() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      for (int i = 0; i < SAVES; i++) {
        followed.put("p%02d".formatted(i), i);
      }
      WorkersOptions options = options();
      followed.share(options);
      followed.follow(true, null);
      try (WorkerJobs jobs = WorkerJobs.open(followed.game.config(), 2, "1", "one", line -> {})) {
        Worker worker = jobs.worker(options.broker(), line -> {});
        CompletableFuture<Void> working = CompletableFuture.runAsync(() -> worker.run(2));
        followed.caughtUp();
        worker.stop();
        working.get(1, TimeUnit.MINUTES);
      }
      assertThat(followed.game.number(SHARED)).isEqualTo(2);
      assertThat(followed.game.number("SELECT COUNT(*) FROM player")).isEqualTo(SAVES);

      followed.put("new", 3);
      followed.caughtUp();
      followed.stop();
      // Following has to begin with a comparison then, for which no worker is there.
      followed.source.run("ALTER TABLE saves ADD COLUMN other INT");
      followed.put("p03", 4);
      followed.follow(true, null);
      followed.caughtUp();
      assertThat(followed.said).anyMatch(line -> line.contains("source and target are compared"));
      followed.stop();
      followed.share(null);
      try (Jobs jobs = followed.jobs()) {
        assertThat(jobs.verify().findings()).isEmpty();
        assertThat(followed.game.number("SELECT COUNT(*) FROM player")).isEqualTo(SAVES + 1);
      }
    }
  }
}
