package io.picklift.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A new application that edits rows of saves at a steady rate, and how far {@code writeback} with
 * triggers is behind it: how long ago the oldest edit was committed whose save is not in the source
 * yet. One edit makes one entry of {@code picklift_change}, so that the smallest entry says which.
 *
 * <p>{@code URL SECONDS PER_SECOND UPDATE}: the statement has a place for the save's id. The
 * account comes from {@code OLTP_USER} and {@code OLTP_PASSWORD}. The triggers have to be there.
 */
public final class WritebackLoad {
  private static final long LOOK_MILLIS = 100;
  private static final long PATIENCE_NANOS = 300_000_000_000L;

  private final String url;
  private final int perSecond;
  private final AtomicLongArray committed;
  private final AtomicInteger edits = new AtomicInteger();
  private final AtomicBoolean isDone = new AtomicBoolean();

  private WritebackLoad(String url, int seconds, int perSecond) {
    this.url = url;
    this.perSecond = perSecond;
    committed = new AtomicLongArray(seconds * perSecond);
  }

  public static void main(String[] args) throws Exception {
    new WritebackLoad(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2])).run(args[3]);
  }

  private void run(String update) throws Exception {
    long first = first();
    List<SQLException> failure = new ArrayList<>();
    Thread writer =
        new Thread(
            () -> {
              try {
                edit(update);
              } catch (SQLException | InterruptedException e) {
                failure.add(e instanceof SQLException sql ? sql : new SQLException(e));
              } finally {
                isDone.set(true);
              }
            });
    long began = System.nanoTime();
    writer.start();
    double[] lags = lags(first);
    writer.join();
    if (!failure.isEmpty()) {
      throw failure.get(0);
    }
    Arrays.sort(lags);
    System.out.printf(
        Locale.ROOT,
        "%d edits at %.0f a second; behind by %.1f s in the middle, %.1f s at p95, %.1f s at most%n",
        edits.get(),
        edits.get() / ((committed.get(edits.get() - 1) - began) / 1e9),
        lags[lags.length / 2],
        lags[lags.length * 95 / 100],
        lags[lags.length - 1]);
  }

  /** The entry that the first edit will make. */
  private long first() throws SQLException {
    try (Connection connection = OltpLoad.connect(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO picklift_change (save_id) VALUES (0)", Statement.RETURN_GENERATED_KEYS);
      try (ResultSet key = statement.getGeneratedKeys()) {
        key.next();
        long id = key.getLong(1);
        statement.executeUpdate("DELETE FROM picklift_change WHERE change_id = " + id);
        return id + 1;
      }
    }
  }

  private void edit(String update) throws SQLException, InterruptedException {
    try (Connection connection = OltpLoad.connect(url);
        PreparedStatement edit = connection.prepareStatement(update)) {
      List<Long> saves = saves(connection);
      Random random = new Random(1);
      long began = System.nanoTime();
      for (int i = 0; i < committed.length(); i++) {
        long due = began + i * 1_000_000_000L / perSecond;
        while (System.nanoTime() < due) {
          Thread.sleep(1);
        }
        edit.setLong(1, saves.get(random.nextInt(saves.size())));
        if (edit.executeUpdate() != 1) {
          throw new SQLException("an edit has to change one row");
        }
        committed.set(i, System.nanoTime());
        edits.incrementAndGet();
      }
    }
  }

  private static List<Long> saves(Connection connection) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT save_id FROM picklift_save WHERE owner = 'tables'")) {
      while (row.next()) {
        ids.add(row.getLong(1));
      }
    }
    return ids;
  }

  /** How far it is behind, in seconds, looked at all the time until all is done. */
  private double[] lags(long first) throws SQLException, InterruptedException {
    List<Double> lags = new ArrayList<>();
    try (Connection connection = OltpLoad.connect(url);
        Statement statement = connection.createStatement()) {
      long end = 0;
      while (true) {
        boolean isLast = isDone.get();
        end = isLast && end == 0 ? System.nanoTime() + PATIENCE_NANOS : end;
        try (ResultSet row = statement.executeQuery("SELECT MIN(change_id) FROM picklift_change")) {
          row.next();
          long oldest = row.getLong(1);
          boolean isNone = row.wasNull();
          long now = System.nanoTime();
          long at = isNone ? 0 : committed.get((int) (oldest - first));
          lags.add(at == 0 ? 0 : (now - at) / 1e9);
          if (isLast && isNone) {
            break;
          }
        }
        if (isLast && System.nanoTime() > end) {
          throw new SQLException("not everything was written back in time");
        }
        Thread.sleep(LOOK_MILLIS);
      }
    }
    return lags.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
