package io.picklift.bench.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run of a coordinator and its workers under faults, and the comparison. */
final class ClusterRun {
  private static final int MOST_SECONDS = 300;

  /** Small saves would be written before the first fault. */
  private static final String SLOW = "-Dpicklift.bench.wait=40";

  private final ChaosServer server;
  private final ChaosProxy proxy;
  private final Path launcher;
  private final ClusterPlan plan;
  private final Path folder;
  private final String sourceSchema;
  private final String target;
  private final SourceTable source;
  private final int port;
  private final List<String> log = new ArrayList<>();
  private final List<Picklift.Started> workers = new ArrayList<>();
  private int starts;

  ClusterRun(
      ChaosServer server,
      ChaosProxy proxy,
      Path launcher,
      ClusterPlan plan,
      World world,
      Path folder)
      throws IOException {
    this.server = server;
    this.proxy = proxy;
    this.launcher = launcher;
    this.plan = plan;
    this.folder = folder;
    sourceSchema = "cs_" + plan.seed();
    target = "ct_" + plan.seed();
    source = new SourceTable(server, sourceSchema, world, plan.seed());
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  List<String> log() {
    return log;
  }

  /** Runs; returns what differs, nothing where all is as it has to be. */
  List<String> run(Reference.Made reference)
      throws IOException, InterruptedException, SQLException {
    prepare();
    String problem;
    try {
      problem = disturbed();
    } finally {
      stop();
    }
    if (problem != null) {
      return List.of(problem);
    }
    List<String> differences = new Comparison(server, sourceSchema, target, source).of(reference);
    if (differences.isEmpty()) {
      drop();
    }
    return differences;
  }

  private void drop() throws SQLException {
    server.execute(
        "", "DROP DATABASE IF EXISTS " + sourceSchema, "DROP DATABASE IF EXISTS " + target);
  }

  private void prepare() throws IOException, SQLException {
    drop();
    server.execute(
        "",
        "CREATE DATABASE " + sourceSchema,
        "CREATE DATABASE " + target,
        "SET GLOBAL innodb_flush_log_at_trx_commit = 1",
        "SET GLOBAL local_infile = " + (plan.isLoaded() ? "ON" : "OFF"));
    source.create();
    source.fill(plan.rows());
    proxy.restart();
    Configuration.write(
        Files.createDirectories(folder.resolve("coordinator")),
        server.port(),
        sourceSchema,
        target);
    for (int i = 0; i < ClusterPlan.WORKERS; i++) {
      // Workers reach the server by the network that is cut.
      Configuration.write(
          Files.createDirectories(folder.resolve("worker" + i)),
          proxy.port(),
          sourceSchema,
          target);
    }
  }

  private Picklift.Started coordinator() throws IOException {
    return new Picklift(launcher, folder.resolve("coordinator"), ClusterPlan.HEAP)
        .start(
            "run" + starts++,
            List.of(
                "migrate",
                "--workers",
                "remote",
                "--listen",
                "127.0.0.1:" + port,
                "--lease",
                "" + ClusterPlan.LEASE_SECONDS));
  }

  private Picklift.Started worker(int number) throws IOException {
    return new Picklift(launcher, folder.resolve("worker" + number), ClusterPlan.HEAP, SLOW)
        .start(
            "run" + starts++,
            List.of("worker", "--coordinator", "127.0.0.1:" + port, "--threads", "1"));
  }

  /** Null where all was done; else what is wrong. */
  private @Nullable String disturbed() throws IOException, InterruptedException, SQLException {
    Picklift.Started coordinator = coordinator();
    for (int i = 0; i < ClusterPlan.WORKERS; i++) {
      workers.add(worker(i));
    }
    List<ClusterPlan.Act> acts = new ArrayList<>(plan.acts());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (System.nanoTime() < end) {
      if (!acts.isEmpty() && written() >= acts.get(0).share() * plan.rows()) {
        act(acts.remove(0), coordinator.process());
      }
      for (int i = 0; i < workers.size(); i++) {
        if (!workers.get(i).process().isAlive()) {
          log.add("worker %d ended with %d".formatted(i, workers.get(i).process().exitValue()));
          workers.set(i, worker(i));
        }
      }
      if (!coordinator.process().isAlive()) {
        int status = coordinator.process().exitValue();
        log.add("coordinator ended with " + status + ": " + last(coordinator));
        if (coordinator.hasTrace()) {
          return "the coordinator printed a stack trace: " + coordinator.output();
        }
        if (status == 0 || status == 1) {
          return null;
        }
        if (status != 3 && status != 137) {
          return "the coordinator ended with " + status + ": " + coordinator.said();
        }
        coordinator = coordinator();
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    coordinator.process().destroyForcibly();
    return "not done after " + MOST_SECONDS + " s: " + coordinator.said();
  }

  private static String last(Picklift.Started run) throws IOException {
    List<String> lines = Files.readAllLines(run.output());
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  /** How many saves the target has; none where it is not there, or the server is away. */
  private long written() {
    try {
      return Long.parseLong(server.lines(target, "SELECT COUNT(*) FROM picklift_save").get(0));
    } catch (SQLException e) {
      return -1;
    }
  }

  private void act(ClusterPlan.Act act, Process coordinator)
      throws IOException, InterruptedException {
    log.add(act + ", with " + written() + " saves written");
    Process worker = workers.get(act.worker()).process();
    switch (act.kind()) {
      case KILL_WORKER -> worker.destroyForcibly();
      case END_WORKER -> worker.destroy();
      case STOP_WORKER -> stopped(worker, act.millis());
      case STOP_COORDINATOR -> stopped(coordinator, act.millis());
      case KILL_COORDINATOR -> coordinator.destroyForcibly();
      case CUT_NETWORK -> {
        proxy.silent(true);
        TimeUnit.MILLISECONDS.sleep(act.millis());
        proxy.silent(false);
      }
      case KILL_SERVER -> {
        server.kill();
        server.revive();
      }
    }
  }

  private static void stopped(Process process, int millis)
      throws IOException, InterruptedException {
    signal(process, "STOP");
    TimeUnit.MILLISECONDS.sleep(millis);
    signal(process, "CONT");
  }

  private static void signal(Process process, String name)
      throws IOException, InterruptedException {
    int unused =
        new ProcessBuilder("kill", "-" + name, "" + process.pid())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
  }

  private void stop() throws InterruptedException {
    workers.forEach(worker -> worker.process().destroy());
    for (Picklift.Started worker : workers) {
      if (!worker.process().waitFor(20, TimeUnit.SECONDS)) {
        log.add("a worker did not end when it was told to");
        worker.process().destroyForcibly();
      }
    }
  }
}
