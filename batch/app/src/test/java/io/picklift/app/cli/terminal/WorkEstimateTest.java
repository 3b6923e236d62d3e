package io.picklift.app.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.estimate.SizeEstimate;
import io.picklift.app.job.Game;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.Sources;
import io.picklift.codec.Limits;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How long a run still takes is told within 15% once it has taken a tenth of its time. The table is
 * real, and so is the sample; the clock is not: a busy machine would tell of itself.
 */
final class WorkEstimateTest {
  private static final int ROWS = 8_000;
  private static final int RANGES = 8;
  private static final int THREADS = 2;
  private static final int BATCH = 40;
  private static final long MAX_BYTES = 60_000;

  @TempDir private Path folder = Path.of("");

  /** Sizes in the order of the keys. */
  private static int[] sizes(Random random, boolean isSortedBySize) {
    int[] sizes = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      double growth = isSortedBySize ? Math.exp(1.0 * i / ROWS) : 1;
      double size = 120 * growth * Math.exp(1.5 * random.nextGaussian());
      sizes[i] = (int) Math.min(MAX_BYTES, size);
    }
    return sizes;
  }

  private static void fill(Game game, int[] sizes, Random random) throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      keys.add(new UUID(random.nextLong(), random.nextLong()).toString());
    }
    keys.sort(null);
    try (Connection connection = game.connection(game.sourceUrl());
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO saves (id, data) VALUES (?, REPEAT('x', ?))")) {
      connection.setAutoCommit(false);
      for (int i = 0; i < sizes.length; i++) {
        insert.setString(1, keys.get(i));
        insert.setInt(2, sizes[i]);
        insert.addBatch();
        if (i % 500 == 499) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
      connection.commit();
    }
  }

  private static long told(Game game) throws Exception {
    CompletableFuture<Long> told = new CompletableFuture<>();
    Deque<AutoCloseable> open = new ArrayDeque<>();
    SaveSource source = Sources.open(game.config().source(), Limits.forSaves(1), 2, open);
    try {
      SizeEstimate.begin(
          source,
          "migrate",
          source.count(),
          new ProgressListener() {
            @Override
            public void start(String what, long rows) {}

            @Override
            public void done(long rows) {}

            @Override
            public void sized(String what, long bytes) {
              told.complete(bytes);
            }
          });
      return told.get(2, TimeUnit.MINUTES);
    } finally {
      while (!open.isEmpty()) {
        open.pop().close();
      }
    }
  }

  /** A moment of the simulated run, and what was told then. */
  private record Told(double at, double left) {}

  private static long bytes(int[] sizes, int from, int count) {
    long bytes = 0;
    for (int i = from; i < from + count; i++) {
      bytes += sizes[i];
    }
    return bytes;
  }

  /** Ranges of keys are taken by threads; a batch is read, and done when its time is over. */
  private static List<Told> run(int[] sizes, long bytes, double nanosASave, double nanosAByte) {
    WorkEstimate estimate = new WorkEstimate(sizes.length, 0, () -> 0);
    List<Told> all = new ArrayList<>();
    int[] at = new int[THREADS];
    int[] end = new int[THREADS];
    int[] batch = new int[THREADS];
    double[] due = new double[THREADS];
    int range = 0;
    double now = 0;
    while (true) {
      for (int t = 0; t < THREADS; t++) {
        if (at[t] == end[t] && range < RANGES) {
          at[t] = ROWS * range / RANGES;
          end[t] = ROWS * ++range / RANGES;
        }
        if (batch[t] == 0 && at[t] < end[t]) {
          batch[t] = Math.min(BATCH, end[t] - at[t]);
          due[t] = now;
          for (int i = at[t]; i < at[t] + batch[t]; i++) {
            due[t] += nanosASave + nanosAByte * sizes[i];
          }
          estimate.done(batch[t]);
          estimate.read(batch[t], bytes(sizes, at[t], batch[t]));
        }
      }
      int next = batch[0] > 0 && (batch[1] == 0 || due[0] <= due[1]) ? 0 : 1;
      if (batch[next] == 0) {
        return all;
      }
      now = due[next];
      if (now > 2e9) {
        estimate.sized(bytes);
      }
      estimate.worked(batch[next], bytes(sizes, at[next], batch[next]));
      at[next] += batch[next];
      batch[next] = 0;
      double at1 = now;
      estimate.secondsLeft((long) now).ifPresent(left -> all.add(new Told(at1 / 1e9, left)));
    }
  }

  @ParameterizedTest
  @Tag("database")
  @CsvSource({"11, false", "12, true", "13, false", "14, true"})
  void theTimeLeftIsRightAfterATenth(long seed, boolean isSortedBySize) throws Exception {
    Random random = new Random(seed);
    int[] sizes = sizes(random, isSortedBySize);
    Game game = new Game(folder);
    fill(game, sizes, random);
    long bytes = told(game);
    long real = 0;
    for (int size : sizes) {
      real += size;
    }
    assertThat(bytes / (double) real).isBetween(0.87, 1.13);
    // What a save and a byte take differs from table to table; where sizes grow with the keys, the
    // estimate depends on it.
    for (double nanosASave : isSortedBySize ? new double[] {8e6} : new double[] {4e6, 8e6, 16e6}) {
      List<Told> all = run(sizes, bytes, nanosASave, 5_300);
      double end = all.get(all.size() - 1).at();
      for (Told told : all) {
        if (told.at() >= end / 10 && told.at() <= end * 0.9) {
          assertThat(told.at() + told.left())
              .as("at %.0f%% of %.0f s", 100 * told.at() / end, end)
              .isBetween(end * 0.85, end * 1.15);
        }
      }
    }
  }

  @Test
  void aRunThatGoesOnWhereAnotherOneWasIsNotTakenForAFastOne() {
    WorkEstimate estimate = new WorkEstimate(10_000, 0, () -> 0);
    long now = 0;
    for (int i = 0; i < 50; i++) {
      now += 20_000_000L;
      estimate.done(100);
      estimate.mark(now);
    }
    // The other half is to be done, and takes 100 s.
    for (int i = 0; i < 10; i++) {
      now += 2_000_000_000L;
      estimate.done(100);
      estimate.read(100, 100_000);
      estimate.worked(100, 100_000);
    }
    assertThat(estimate.secondsLeft(now).orElseThrow()).isBetween(72.0, 88.0);
  }

  @Test
  void whatComesAfterTheRowsIsInIt() {
    WorkEstimate estimate = new WorkEstimate(10_000, 0, () -> 0);
    estimate.followed(0.2);
    long now = 0;
    for (int i = 1; i <= 100; i++) {
      now += 1_000_000_000L;
      estimate.done(100);
      estimate.read(100, 100_000);
      estimate.worked(100, 100_000);
      estimate.mark(now);
      if (i >= 10) {
        assertThat(now / 1e9 + estimate.secondsLeft(now).orElseThrow()).isBetween(118.0, 122.0);
      }
    }
    // All rows are done; indexes are made.
    now += 5_000_000_000L;
    assertThat(estimate.secondsLeft(now).orElseThrow()).isBetween(14.0, 16.0);
    assertThat(estimate.secondsLeft(now + 16_000_000_000L)).isEmpty();
  }

  @Test
  void aSlowBeginIsForgotten() {
    WorkEstimate estimate = new WorkEstimate(10_000, 0, () -> 0);
    long now = 0;
    for (int i = 1; i <= 20; i++) {
      now += 1_000_000_000L;
      int saves = i <= 10 ? 20 : 100;
      estimate.done(saves);
      estimate.read(saves, 1_000L * saves);
      estimate.worked(saves, 1_000L * saves);
      estimate.mark(now);
    }
    assertThat(estimate.secondsLeft(now).orElseThrow()).isBetween(86.0, 90.0);
  }

  @Test
  void whatJavaIsStillCompilingWillBeFaster() {
    long[] compiling = {0};
    WorkEstimate estimate = new WorkEstimate(10_000, 0, () -> compiling[0]);
    long now = 0;
    for (int i = 1; i <= 20; i++) {
      now += 1_000_000_000L;
      compiling[0] += i <= 10 ? 1_500 : 20;
      int saves = i <= 10 ? 60 : 90;
      estimate.done(saves);
      estimate.read(saves, 1_000L * saves);
      estimate.worked(saves, 1_000L * saves);
      estimate.mark(now);
      if (i == 5) {
        assertThat(estimate.secondsLeft(now).orElseThrow()).isBetween(105.0, 111.0);
      }
    }
    assertThat(estimate.secondsLeft(now).orElseThrow()).isBetween(92.0, 96.0);
  }

  @Test
  void withoutAnythingDoneNothingIsTold() {
    WorkEstimate estimate = new WorkEstimate(10, 0, () -> 0);
    assertThat(estimate.secondsLeft(5_000_000_000L)).isEmpty();
    estimate.done(10);
    assertThat(estimate.secondsLeft(6_000_000_000L)).isEmpty();
    assertThat(new WorkEstimate(0, 0, () -> 0).secondsLeft(1_000_000_000L)).isEmpty();
  }
}
