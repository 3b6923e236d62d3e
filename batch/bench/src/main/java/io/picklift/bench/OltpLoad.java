package io.picklift.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An application that goes on while Picklift works on its table: reads and writes single saves at a
 * steady rate, whether the last answer was quick or not, and tells how long answers took.
 *
 * <p>{@code sql URL STATEMENT...} prepares schemas; {@code fill URL FOLDER ROWS} makes the table
 * {@code saves} from a folder of pickles; {@code run URL SECONDS PID} works on it for so long
 * beside a process and for as long while that one is stopped, in turns of two seconds, so that
 * whatever else the machine does meets both alike. The account comes from {@code OLTP_USER} and
 * {@code OLTP_PASSWORD}.
 */
public final class OltpLoad {
  private static final int THREADS = 4;
  private static final int PER_SECOND = 200;
  private static final int WARM_SECONDS = 3;
  private static final int EVERY_WRITE = 4;
  private static final int TURN_SECONDS = 2;

  /** Of each turn, so many milliseconds belong to the one before: what it began is being done. */
  private static final int LEFT_OUT_MILLIS = 300;

  private OltpLoad() {}

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "fill" -> fill(args[1], Path.of(args[2]), Integer.parseInt(args[3]));
      case "sql" -> sql(args[1], Arrays.copyOfRange(args, 2, args.length));
      case "run" -> run(args[1], Integer.parseInt(args[2]), Long.parseLong(args[3]));
      default -> throw new IllegalArgumentException("fill, sql or run");
    }
  }

  static Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(
        url, System.getenv("OLTP_USER"), System.getenv("OLTP_PASSWORD"));
  }

  private static void sql(String url, String... statements) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void fill(String url, Path folder, int rows) throws SQLException, IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".pkl")).sorted().toList();
    }
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS saves");
      statement.execute(
          "CREATE TABLE saves (id INT PRIMARY KEY, seen INT NOT NULL DEFAULT 0, data LONGBLOB)");
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO saves (id, data) VALUES (?, ?)")) {
        for (int i = 0; i < rows; i++) {
          insert.setInt(1, i);
          insert.setBytes(2, Files.readAllBytes(files.get(i % files.size())));
          insert.executeUpdate();
        }
      }
      connection.commit();
    }
  }

  private static void run(String url, int seconds, long pid) throws Exception {
    // What the first statements of a fresh Java machine take says nothing of the server.
    long[] all = new long[PER_SECOND * (2 * seconds + WARM_SECONDS)];
    AtomicInteger next = new AtomicInteger();
    CyclicBarrier connected = new CyclicBarrier(THREADS);
    AtomicLong began = new AtomicLong();
    Thread[] threads = new Thread[THREADS];
    AtomicInteger failed = new AtomicInteger();
    for (int i = 0; i < THREADS; i++) {
      int seed = i;
      threads[i] =
          new Thread(
              () -> {
                try (Connection connection = connect(url)) {
                  connected.await();
                  began.compareAndSet(0, System.nanoTime());
                  work(connection, next, all, began.get(), new Random(seed));
                } catch (SQLException | InterruptedException | BrokenBarrierException e) {
                  failed.incrementAndGet();
                  System.err.println(e);
                }
              });
      threads[i].start();
    }
    takeTurns(pid, began, seconds);
    for (Thread thread : threads) {
      thread.join();
    }
    say("alone ", times(all, 1), failed.get());
    say("beside", times(all, 0), failed.get());
  }

  /** Stops the process for every second turn. */
  private static void takeTurns(long pid, AtomicLong began, int seconds)
      throws InterruptedException, IOException {
    while (began.get() == 0) {
      Thread.sleep(1);
    }
    for (int turn = 0; turn < 2 * seconds / TURN_SECONDS; turn++) {
      long due = began.get() + TimeUnit.SECONDS.toNanos(WARM_SECONDS + (long) turn * TURN_SECONDS);
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      signal(turn % 2 == 0 ? "-CONT" : "-STOP", pid);
    }
    signal("-CONT", pid);
  }

  private static void signal(String signal, long pid) throws IOException, InterruptedException {
    if (new ProcessBuilder("kill", signal, String.valueOf(pid)).inheritIO().start().waitFor()
        != 0) {
      throw new IOException(
          "the process " + pid + " ended before the load did: take more rows, or fewer seconds");
    }
  }

  /** How long the answers took that were due in the turns of one kind, sorted. */
  private static long[] times(long[] all, int kind) {
    int turn = TURN_SECONDS * PER_SECOND;
    int leftOut = LEFT_OUT_MILLIS * PER_SECOND / 1_000;
    return IntStream.range(WARM_SECONDS * PER_SECOND, all.length)
        .filter(i -> (i - WARM_SECONDS * PER_SECOND) / turn % 2 == kind)
        .filter(i -> (i - WARM_SECONDS * PER_SECOND) % turn >= leftOut)
        .mapToLong(i -> all[i])
        .sorted()
        .toArray();
  }

  private static void say(String what, long[] nanos, int failed) {
    System.out.printf(
        Locale.ROOT,
        "%s p50 %.2f ms, p95 %.2f ms, p99 %.2f ms of %d answers, %d threads failed%n",
        what,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 95 / 100] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6,
        nanos.length,
        failed);
  }

  /** An answer is late by what it had to wait for the ones before it, too. */
  private static void work(
      Connection connection, AtomicInteger next, long[] nanos, long began, Random random)
      throws SQLException, InterruptedException {
    try (PreparedStatement read =
            connection.prepareStatement("SELECT seen, LENGTH(data) FROM saves WHERE id = ?");
        PreparedStatement write =
            connection.prepareStatement("UPDATE saves SET seen = seen + 1 WHERE id = ?")) {
      for (int i = next.getAndIncrement(); i < nanos.length; i = next.getAndIncrement()) {
        long due = began + i * (TimeUnit.SECONDS.toNanos(1) / PER_SECOND);
        long early = due - System.nanoTime();
        if (early > 0) {
          TimeUnit.NANOSECONDS.sleep(early);
        }
        PreparedStatement statement = i % EVERY_WRITE == 0 ? write : read;
        statement.setInt(1, random.nextInt(1_000));
        statement.execute();
        nanos[i] = System.nanoTime() - due;
      }
    }
  }
}
