package io.picklift.bench.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run: a command under faults, again until it is done, and the comparison. */
final class ChaosRun {
  private static final int MOST_ATTEMPTS = 4;

  private final ChaosServer server;
  private final ChaosProxy proxy;
  private final Path launcher;
  private final Plan plan;
  private final Path folder;
  private final String sourceSchema;
  private final String target;
  private final SourceTable source;
  private final List<String> log = new ArrayList<>();

  ChaosRun(
      ChaosServer server, ChaosProxy proxy, Path launcher, Plan plan, World world, Path folder) {
    this.server = server;
    this.proxy = proxy;
    this.launcher = launcher;
    this.plan = plan;
    this.folder = folder;
    sourceSchema = "s_" + plan.seed();
    target = "t_" + plan.seed();
    source = new SourceTable(server, sourceSchema, world, plan.seed());
  }

  /** What happened, a line each. */
  List<String> log() {
    return log;
  }

  /** Runs; returns what differs, nothing where all is as it has to be. */
  List<String> run(Reference.Made reference)
      throws IOException, InterruptedException, SQLException {
    prepare();
    String problem = disturbed();
    if (problem == null && plan.command().isWriting()) {
      problem = left();
    }
    if (problem != null) {
      return List.of(problem);
    }
    List<String> differences = new Comparison(server, sourceSchema, target, source).of(reference);
    differences.addAll(new Given(server, sourceSchema, target, source, folder).wrong(plan));
    return differences;
  }

  void drop() throws SQLException {
    server.execute(
        "", "DROP DATABASE IF EXISTS " + sourceSchema, "DROP DATABASE IF EXISTS " + target);
  }

  private void prepare() throws IOException, InterruptedException, SQLException {
    drop();
    server.execute(
        "",
        "CREATE DATABASE " + sourceSchema,
        "CREATE DATABASE " + target,
        "SET GLOBAL innodb_flush_log_at_trx_commit = 1",
        "SET GLOBAL local_infile = " + (plan.isLoaded() ? "ON" : "OFF"));
    source.create();
    source.fill(plan.rows());
    Configuration.write(folder, proxy.port(), sourceSchema, target);
    if (plan.command() != Plan.Command.MIGRATE) {
      proxy.restart();
      Picklift.Started before = start("before", "migrate");
      int status = before.await();
      if (status > 1 || status < 0) {
        throw new IOException("an undisturbed migrate ended with " + status + ": " + before.said());
      }
    }
    if (plan.command() == Plan.Command.BACKFILL) {
      source.change(10 + plan.rows() / 5, plan.rows());
    }
    server.execute("", "SET GLOBAL innodb_flush_log_at_trx_commit = " + plan.flush());
  }

  private Picklift.Started start(String name, String command) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(command));
    if (command.equals("restore")) {
      arguments.addAll(
          plan.command() == Plan.Command.RESTORE_TABLE
              ? List.of("--table", "restored")
              : List.of("--out", "restored"));
    } else {
      arguments.addAll(List.of("--partitions", "" + plan.partitions()));
    }
    if (command.equals("verify")) {
      arguments.addAll(List.of("--report", "report"));
    }
    return new Picklift(launcher, folder, plan.heap()).start(name, arguments);
  }

  private String command() {
    return switch (plan.command()) {
      case MIGRATE -> "migrate";
      case BACKFILL -> "backfill";
      case VERIFY -> "verify";
      default -> "restore";
    };
  }

  /** The command, under faults as long as there are any; returns what is wrong, or null. */
  private @Nullable String disturbed() throws IOException, InterruptedException, SQLException {
    boolean isDoubtful = false;
    for (int i = 0; i < plan.attempts().size() + MOST_ATTEMPTS; i++) {
      List<Fault> faults = i < plan.attempts().size() ? plan.attempts().get(i) : List.of();
      proxy.restart();
      List<Picklift.Started> others = new ArrayList<>();
      String name = "attempt" + i;
      Disturber disturber =
          new Disturber(
              server,
              proxy,
              target,
              source,
              plan,
              () -> others.add(start(name + "-second", command())));
      Picklift.Started run = start(name, command());
      disturber.begin(faults, Packets.of(plan), run.process());
      int status = run.await();
      long packets = proxy.packets();
      disturber.end();
      for (Picklift.Started other : others) {
        int otherStatus = other.await();
        log.add(name + "-second: status " + otherStatus + lastLine(other));
      }
      log.add(
          "%s: status %d, %d packets, %s%s"
              .formatted(name, status, packets, disturber.come(), lastLine(run)));
      if (status == -1) {
        return name + " did not end: " + run.said();
      }
      if (run.hasTrace()) {
        return name + " printed a stack trace: " + run.output();
      }
      if (isUnexpected(status)) {
        return name + " ended with status " + status + ": " + run.said();
      }
      // A server that lost what was committed after the last word of a run is for the next run.
      isDoubtful = plan.flush() == 0 && !faults.isEmpty() && plan.has(FaultKind.SERVER_KILL);
      if ((status == 0 || status == 1) && !isDoubtful) {
        return null;
      }
    }
    return "not done after " + MOST_ATTEMPTS + " undisturbed attempts";
  }

  /** 143 is a process that SIGTERM met before it had begun, 137 one that was killed. */
  private static boolean isUnexpected(int status) {
    return status != 0 && status != 1 && status != 3 && status != 137 && status != 143;
  }

  private static String lastLine(Picklift.Started run) throws IOException {
    String said = Files.readString(run.output(), StandardCharsets.UTF_8).strip();
    return said.isEmpty() ? "" : ": " + said.substring(said.lastIndexOf('\n') + 1);
  }

  /** What came after a run had read it is the next run's. */
  private @Nullable String left() throws IOException, InterruptedException {
    if (!plan.has(FaultKind.SOURCE)) {
      return null;
    }
    proxy.restart();
    Picklift.Started rest = start("rest", "backfill");
    int status = rest.await();
    log.add("backfill of the rest: status " + status + lastLine(rest));
    return status == 0 || status == 1 ? null : "backfill of the rest: " + rest.said();
  }
}
