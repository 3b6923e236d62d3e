package io.picklift.app.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two verifications never keep how far they are in one file. */
final class StateLockTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 3_000;

  @TempDir private Path folder = Path.of("");

  @Test
  void theSecondIsRefusedUntilTheFirstIsDone() throws Exception {
    Path state = folder.resolve("state");
    try (StateLock first = StateLock.take(state)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> StateLock.take(state))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("another verify is running and keeps its progress in " + state);
    }
    StateLock.take(state).close();
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  /** Whoever opened the file before it was deleted locks one that nobody else sees. */
  @Test
  void oneAloneHasItHoweverTheyFollowEachOther() throws Exception {
    Path state = folder.resolve("state");
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger together = new AtomicInteger();
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(
          CompletableFuture.runAsync(
              () -> {
                for (int round = 0; round < ROUNDS; round++) {
                  once(state, holders, taken, together);
                }
              }));
    }
    for (CompletableFuture<Void> thread : threads) {
      thread.get(1, TimeUnit.MINUTES);
    }
    assertThat(taken.get()).isPositive();
    assertThat(together.get()).as("times that two had it, of %s", taken).isZero();
  }

  private static void once(
      Path state, AtomicInteger holders, AtomicInteger taken, AtomicInteger together) {
    try (StateLock lock = StateLock.take(state)) {
      assertThat(lock).isNotNull();
      taken.incrementAndGet();
      if (holders.incrementAndGet() > 1) {
        together.incrementAndGet();
      }
      Thread.onSpinWait();
      holders.decrementAndGet();
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("another verify is running");
    }
  }
}
