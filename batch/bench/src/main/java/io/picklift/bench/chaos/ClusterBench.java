package io.picklift.bench.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How much faster more workers are, where decoding is slowed by a wait and not by the CPU, which
 * the processes of one machine share; and what the coordinator takes of a core.
 */
final class ClusterBench {
  private static final int[] WORKERS = {1, 2, 4};
  private static final int WAIT_MILLIS = 40;
  private static final String SOURCE = "cs_bench";
  private static final String TARGET = "ct_bench";
  private static final int PORT = 13_981;

  private final ChaosServer server;
  private final Path launcher;
  private final Path folder;
  private final int rangeRows;

  private ClusterBench(ChaosServer server, Path launcher, Path folder, int rangeRows) {
    this.rangeRows = rangeRows;
    this.server = server;
    this.launcher = launcher;
    this.folder = folder;
  }

  /** Starts what {@code cluster.sh --bench} starts; {@code --runs} is the number of rows. */
  public static void main(String[] arguments) throws Exception {
    Options options = Options.parse(arguments);
    try (ChaosServer server =
        options.given() > 0
            ? ChaosServer.given(options.given())
            : ChaosServer.start(
                options.installed(), options.folder().resolve("server"), options.port())) {
      Path folder = Files.createDirectories(options.folder().resolve("bench"));
      new ClusterBench(server, options.launcher(), folder, options.rangeRows())
          .all(options.runs(), options.workers() > 0 ? new int[] {options.workers()} : WORKERS);
    }
  }

  private void all(int rows, int[] numbers) throws IOException, InterruptedException, SQLException {
    server.execute("", "DROP DATABASE IF EXISTS " + SOURCE, "CREATE DATABASE " + SOURCE);
    SourceTable source = new SourceTable(server, SOURCE, new World(0), 1);
    source.create();
    source.fill(rows);
    // A few saves of a MB would make the ranges differ more than the workers.
    server.execute(SOURCE, "DELETE FROM saves WHERE LENGTH(data) > 20000");
    double one = 0;
    for (int workers : numbers) {
      double rate = one(workers);
      one = workers == 1 ? rate : one;
      String times = one > 0 ? ", %.2f x of one".formatted(rate / one) : "";
      System.out.printf("%d workers: %.1f saves a second%s%n", workers, rate, times);
    }
    server.execute("", "DROP DATABASE " + SOURCE, "DROP DATABASE " + TARGET);
  }

  /** Saves a second between the first tenth and the last of the work. */
  private double one(int number) throws IOException, InterruptedException, SQLException {
    server.execute("", "DROP DATABASE IF EXISTS " + TARGET, "CREATE DATABASE " + TARGET);
    Configuration.write(folder, server.port(), SOURCE, TARGET);
    long all = Long.parseLong(server.lines(SOURCE, "SELECT COUNT(*) FROM saves").get(0));
    Picklift.Started coordinator =
        new Picklift(launcher, folder, ClusterPlan.HEAP)
            .start(
                "coordinator",
                List.of(
                    "migrate",
                    "--workers",
                    "remote",
                    "--listen",
                    "127.0.0.1:" + PORT,
                    "--range-saves",
                    "" + rangeRows));
    List<Picklift.Started> workers = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      workers.add(
          new Picklift(launcher, folder, ClusterPlan.HEAP, "-Dpicklift.bench.wait=" + WAIT_MILLIS)
              .start(
                  "worker" + i,
                  List.of("worker", "--coordinator", "127.0.0.1:" + PORT, "--threads", "1")));
    }
    long from = await(all / 5);
    long began = System.nanoTime();
    Duration before = cpu(coordinator);
    long doneBefore = ranges("state = 'counted'");
    long to = await(all * 4 / 5);
    double seconds = (System.nanoTime() - began) / 1e9;
    double cpu = cpu(coordinator).minus(before).toNanos() / 1e9;
    long done = Math.max(1, ranges("state = 'counted'") - doneBefore);
    System.out.printf(
        "  coordinator: %.1f%% of a core while %d workers work, %d ranges, %.1f of them a second,"
            + " %.1f ms of CPU each%n",
        cpu / seconds * 100, number, ranges("TRUE"), done / seconds, cpu * 1_000 / done);
    int status = coordinator.await();
    workers.forEach(worker -> worker.process().destroy());
    for (Picklift.Started worker : workers) {
      int unused = worker.await();
    }
    if (status != 0 && status != 1) {
      throw new IOException("the coordinator ended with " + status + ": " + coordinator.said());
    }
    return (to - from) / seconds;
  }

  private long ranges(String which) throws SQLException {
    String sql = "SELECT COUNT(*) FROM picklift_lease WHERE " + which;
    return Long.parseLong(server.lines(TARGET, sql).get(0));
  }

  private static Duration cpu(Picklift.Started of) {
    return of.process().toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private long await(long saves) throws InterruptedException {
    while (true) {
      try {
        long now =
            Long.parseLong(server.lines(TARGET, "SELECT COUNT(*) FROM picklift_save").get(0));
        if (now >= saves) {
          return now;
        }
      } catch (SQLException e) {
        // The target's tables are not there yet.
        TimeUnit.MILLISECONDS.sleep(200);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
