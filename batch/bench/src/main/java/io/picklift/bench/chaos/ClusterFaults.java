package io.picklift.bench.chaos;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Does to processes, the network and the server what a plan says. */
final class ClusterFaults {
  private static final int LONGEST_LOOK_MILLIS = 5_000;
  private static final int LOOK_MILLIS = 3;

  /** What the server tells of transactions is up to a tenth of a second old. */
  private static final int OLD_MILLIS = 150;

  private final ChaosServer server;
  private final ChaosProxy proxy;
  private final String target;

  ClusterFaults(ChaosServer server, ChaosProxy proxy, String target) {
    this.server = server;
    this.proxy = proxy;
    this.target = target;
  }

  /** Does it; what else there is to say of it, empty where there is nothing. */
  String act(ClusterPlan.Act act, Process coordinator, List<Picklift.Started> workers)
      throws IOException, InterruptedException {
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
      case STOP_IN_TRANSACTION -> {
        return stoppedInTransaction(worker, act.millis());
      }
    }
    return "";
  }

  /** Stops it as soon as it is in a transaction, for which it has a few seconds. */
  private String stoppedInTransaction(Process worker, int millis)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_LOOK_MILLIS);
    while (System.nanoTime() < end && worker.isAlive()) {
      if (isWriting(worker)) {
        signal(worker, "STOP");
        // It may have committed before the signal came.
        TimeUnit.MILLISECONDS.sleep(OLD_MILLIS);
        if (isWriting(worker)) {
          TimeUnit.MILLISECONDS.sleep(millis);
          signal(worker, "CONT");
          return ": in a transaction";
        }
        signal(worker, "CONT");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    stopped(worker, millis);
    return ": not in a transaction";
  }

  /** Whether a connection that has a mark of one of the worker's leases is in a transaction. */
  private boolean isWriting(Process worker) {
    String sql =
        """
        SELECT COUNT(*) FROM picklift_lease l JOIN information_schema.innodb_trx t
          ON t.trx_mysql_thread_id = IS_USED_LOCK(CONCAT('picklift-a:', l.token, ':1'))
        WHERE l.state = 'held' AND l.worker LIKE '%% process %d'
        """
            .formatted(worker.pid());
    try {
      return !server.lines(target, sql).get(0).equals("0");
    } catch (SQLException e) {
      // The server is away, or the target's tables are not there yet.
      return false;
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
}
