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

/**
 * One run of coordinators and their workers under faults, and the comparison after each command.
 */
final class ClusterRun {
  private static final int MOST_SECONDS = 300;

  /** Small saves would be written before the first fault. */
  private static final String SLOW = "-Dpicklift.bench.wait=40";

  private final ChaosServer server;
  private final ChaosProxy proxy;
  private final ClusterFaults faults;
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
    faults = new ClusterFaults(server, proxy, target);
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
    List<String> wrong = new ArrayList<>();
    try {
      for (int i = 0; i < ClusterPlan.WORKERS; i++) {
        workers.add(worker(i));
      }
      for (ClusterPlan.Phase phase : plan.phases()) {
        log.add(phase.command().name());
        wrong = new ArrayList<>(done(phase, reference));
        if (!wrong.isEmpty()) {
          break;
        }
      }
    } finally {
      stop();
    }
    if (wrong.isEmpty()) {
      drop();
    }
    return wrong;
  }

  private List<String> done(ClusterPlan.Phase phase, Reference.Made reference)
      throws IOException, InterruptedException, SQLException {
    ClusterPlan.Command command = phase.command();
    String damaged = null;
    if (command == ClusterPlan.Command.BACKFILL) {
      source.change(10 + plan.rows() / 5, plan.rows());
    } else if (command == ClusterPlan.Command.VERIFY_DAMAGED) {
      damaged = ClusterDamage.plant(server, target, plan.damage());
      log.add("damaged: " + damaged);
    }
    String problem = disturbed(phase);
    if (problem != null) {
      return List.of(problem);
    }
    if (command.isWriting()) {
      return new Comparison(server, sourceSchema, target, source).of(reference);
    }
    Path place = folder.resolve("coordinator");
    if (command == ClusterPlan.Command.RESTORE) {
      return new Given(server, sourceSchema, target, source, place).table();
    }
    return new ClusterReport(launcher, place, sourceSchema, target, server).wrong(damaged);
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

  private Picklift.Started coordinator(ClusterPlan.Command command) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            switch (command) {
              case MIGRATE -> List.of("migrate");
              case BACKFILL -> List.of("backfill");
              case VERIFY, VERIFY_DAMAGED ->
                  List.of("verify", "--engine", "fast", "--report", ClusterReport.SHARED);
              case RESTORE -> List.of("restore", "--table", "restored");
            });
    arguments.addAll(
        List.of(
            "--workers",
            "remote",
            "--listen",
            "127.0.0.1:" + port,
            "--lease",
            "" + ClusterPlan.LEASE_SECONDS));
    return new Picklift(launcher, folder.resolve("coordinator"), ClusterPlan.HEAP)
        .start("run" + starts++, arguments);
  }

  private Picklift.Started worker(int number) throws IOException {
    return new Picklift(launcher, folder.resolve("worker" + number), ClusterPlan.HEAP, SLOW)
        .start(
            "run" + starts++,
            List.of("worker", "--coordinator", "127.0.0.1:" + port, "--threads", "1"));
  }

  /** Null where all was done; else what is wrong. */
  private @Nullable String disturbed(ClusterPlan.Phase phase)
      throws IOException, InterruptedException {
    ClusterProgress progress = new ClusterProgress(server, target, phase.command());
    Picklift.Started coordinator = coordinator(phase.command());
    List<ClusterPlan.Act> acts = new ArrayList<>(phase.acts());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (System.nanoTime() < end) {
      if (!acts.isEmpty() && progress.saves() >= acts.get(0).share() * plan.rows()) {
        ClusterPlan.Act act = acts.remove(0);
        long before = progress.saves();
        log.add(
            act
                + ", with %d saves done".formatted(before)
                + faults.act(act, coordinator.process(), workers));
      }
      startAgain();
      if (!coordinator.process().isAlive()) {
        int status = coordinator.process().exitValue();
        log.add("coordinator ended with " + status + ": " + last(coordinator));
        if (coordinator.hasTrace()) {
          return "the coordinator printed a stack trace: " + coordinator.output();
        }
        if (status == 0 || status == 1) {
          acts.forEach(act -> log.add(act + " was not met"));
          return null;
        }
        if (status != 3 && status != 137) {
          return "the coordinator ended with " + status + ": " + coordinator.said();
        }
        coordinator = coordinator(phase.command());
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    coordinator.process().destroyForcibly();
    return "not done after " + MOST_SECONDS + " s: " + coordinator.said();
  }

  private void startAgain() throws IOException {
    for (int i = 0; i < workers.size(); i++) {
      if (!workers.get(i).process().isAlive()) {
        log.add("worker %d ended with %d".formatted(i, workers.get(i).process().exitValue()));
        workers.set(i, worker(i));
      }
    }
  }

  private static String last(Picklift.Started run) throws IOException {
    List<String> lines = Files.readAllLines(run.output());
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
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
