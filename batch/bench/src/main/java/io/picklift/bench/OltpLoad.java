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
import java.util.stream.Stream;

/**
 * An application that goes on while Picklift works on its table: reads and writes single saves at a
 * steady rate, whether the last answer was quick or not, and tells how long answers took.
 *
 * <p>{@code sql URL STATEMENT...} prepares schemas; {@code fill URL FOLDER ROWS} makes the table
 * {@code saves} from a folder of pickles; {@code run URL SECONDS} works on it. The account comes
 * from {@code OLTP_USER} and {@code OLTP_PASSWORD}.
 */
public final class OltpLoad {
  private static final int THREADS = 4;
  private static final int PER_SECOND = 200;
  private static final int WARM_SECONDS = 3;
  private static final int EVERY_WRITE = 4;

  private OltpLoad() {}

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "fill" -> fill(args[1], Path.of(args[2]), Integer.parseInt(args[3]));
      case "sql" -> sql(args[1], Arrays.copyOfRange(args, 2, args.length));
      case "run" -> run(args[1], Integer.parseInt(args[2]));
      default -> throw new IllegalArgumentException("fill, sql or run");
    }
  }

  private static Connection connect(String url) throws SQLException {
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

  private static void run(String url, int seconds) throws Exception {
    // What the first statements of a fresh Java machine take says nothing of the server.
    long[] all = new long[PER_SECOND * (seconds + WARM_SECONDS)];
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
    for (Thread thread : threads) {
      thread.join();
    }
    long[] nanos = Arrays.copyOfRange(all, PER_SECOND * WARM_SECONDS, all.length);
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "p50 %.2f ms, p95 %.2f ms, p99 %.2f ms of %d answers, %d threads failed%n",
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 95 / 100] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6,
        nanos.length,
        failed.get());
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
