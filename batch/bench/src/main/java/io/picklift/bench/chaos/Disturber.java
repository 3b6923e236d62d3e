package io.picklift.bench.chaos;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Brings the faults of one attempt upon a process, each at its packet. */
final class Disturber {
  private static final int LOCKED = 40;

  private final ChaosServer server;
  private final ChaosProxy proxy;
  private final String target;
  private final SourceTable source;
  private final Plan plan;
  private final Second second;
  private final List<Thread> working = new ArrayList<>();
  private final List<String> come = new CopyOnWriteArrayList<>();
  private final List<Throwable> broken = new CopyOnWriteArrayList<>();
  private volatile @Nullable Process process;
  private volatile boolean isOver;

  /** Starts the command a second time. */
  interface Second {
    void start() throws IOException, InterruptedException;
  }

  Disturber(
      ChaosServer server,
      ChaosProxy proxy,
      String target,
      SourceTable source,
      Plan plan,
      Second second) {
    this.server = server;
    this.proxy = proxy;
    this.target = target;
    this.source = source;
    this.plan = plan;
    this.second = second;
  }

  /** Begins: a thread a fault waits for its packet. */
  void begin(List<Fault> faults, long packets, Process process) {
    this.process = process;
    if (Boolean.getBoolean("calm")) {
      return;
    }
    for (Fault fault : faults.stream().sorted(Comparator.comparingDouble(Fault::at)).toList()) {
      Thread thread = new Thread(() -> disturb(fault, (long) (fault.at() * packets)), "fault");
      thread.setDaemon(true);
      thread.start();
      working.add(thread);
    }
  }

  /** Waits for what was begun; the server is up and the network is whole afterwards. */
  void end() throws InterruptedException, IOException {
    isOver = true;
    for (Thread thread : working) {
      thread.join();
    }
    working.clear();
    proxy.restart();
    server.revive();
    if (!broken.isEmpty()) {
      throw new IOException("the harness could not make a fault", broken.get(0));
    }
  }

  /** The faults that came before the process was done. */
  List<String> come() {
    return come;
  }

  private void disturb(Fault fault, long packet) {
    try {
      while (!isOver && proxy.packets() < packet) {
        Thread.sleep(1);
      }
      Process victim = process;
      if (isOver || victim == null || !victim.isAlive()) {
        return;
      }
      come.add(fault.kind() + "@" + proxy.packets());
      act(fault, victim);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | SQLException e) {
      if (fault.kind() == FaultKind.SERVER_KILL || fault.kind() == FaultKind.FULL) {
        broken.add(e);
      }
      // Others lose their own connection where the server goes meanwhile.
    }
  }

  private void act(Fault fault, Process victim)
      throws IOException, InterruptedException, SQLException {
    switch (fault.kind()) {
      case KILL -> victim.destroyForcibly();
      case TERM -> victim.destroy();
      case SERVER_KILL -> {
        server.kill();
        Thread.sleep(fault.millis() / 3);
        server.revive();
      }
      case SILENCE -> {
        proxy.silent(true);
        Thread.sleep(fault.millis());
        proxy.silent(false);
      }
      case RESET -> proxy.reset();
      case SLOW -> {
        proxy.slow(true);
        Thread.sleep(fault.millis());
        proxy.slow(false);
      }
      case FULL -> {
        server.fill();
        Thread.sleep(fault.millis());
        server.empty();
        server.revive();
      }
      case LOCKS -> locks(fault.millis());
      case DEADLOCKS -> deadlocks(fault.millis());
      case SOURCE -> source.change(10 + plan.rows() / 20, plan.rows());
      case SECOND -> second.start();
    }
  }

  private void locks(int millis) throws SQLException, InterruptedException {
    try (Connection connection = server.connect(target);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT save_id FROM picklift_save FOR UPDATE");
      Thread.sleep(millis);
      connection.rollback();
    }
  }

  /** Locks mapped rows first, and the ledger's after: Picklift does it the other way round. */
  private void deadlocks(int millis) throws SQLException, InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000L;
    Random random = new Random(plan.seed());
    try (Connection connection = server.connect(target);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      while (!isOver && System.nanoTime() < end) {
        int from = random.nextInt(plan.rows() + 1);
        try {
          lock(statement, "player", from + LOCKED);
          lock(statement, "picklift_archive", from + LOCKED);
          Thread.sleep(5);
          lock(statement, "picklift_save", from);
          connection.commit();
        } catch (SQLException e) {
          // A deadlock is what it is here for; Picklift or it is the victim.
          connection.rollback();
        }
      }
    }
  }

  private static void lock(Statement statement, String table, int from) throws SQLException {
    statement.execute(
        "SELECT save_id FROM %s WHERE save_id >= %d LIMIT %d FOR UPDATE"
            .formatted(table, from, LOCKED));
  }
}
