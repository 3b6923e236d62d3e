package io.picklift.app.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.config.MaxRate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How large batches are, and how many are written at a time, with a rate and without. */
final class PolitenessTest {
  private static final long FULL = 2L << 20;
  private static final double BYTES_A_SECOND = 1e6;

  private static Politeness polite(@Nullable String rate) {
    return polite(rate, Ticks.REAL, Duration.ofMinutes(2));
  }

  /** How long a write takes in the end, in seconds, where the server writes a MB a second. */
  private static double settled(Politeness polite) {
    double seconds = 0;
    for (int i = 0; i < 100; i++) {
      long bytes = polite.bytes(FULL);
      seconds = bytes / BYTES_A_SECOND;
      polite.wrote(bytes / (double) FULL, (long) (seconds * TimeUnit.SECONDS.toNanos(1)));
    }
    return seconds;
  }

  @Test
  void aWriteTakesATenthOfASecondWhereThereIsARate() {
    try (Politeness polite = polite("100MB")) {
      assertThat(settled(polite)).isBetween(0.07, 0.1);
    }
    try (Politeness polite = polite(null)) {
      assertThat(settled(polite)).isBetween(0.4, 0.5);
    }
  }

  @Test
  void aRateThatComesOrGoesDuringTheRunIsMinded() {
    try (Politeness polite = polite(null)) {
      assertThat(settled(polite)).isBetween(0.4, 0.5);
      polite.rate(MaxRate.parse("100MB"));
      assertThat(polite.bytes(FULL) / BYTES_A_SECOND).isLessThan(0.1);
      assertThat(settled(polite)).isBetween(0.07, 0.1);
      polite.rate(null);
      assertThat(settled(polite)).isBetween(0.4, 0.5);
    }
  }

  @Test
  void noMoreIsDoneAtOnceThanIsDueInATenthOfASecond() {
    try (Politeness polite = polite("1MB")) {
      assertThat(polite.bytes(FULL)).isEqualTo(100_000);
    }
    try (Politeness polite = polite("500")) {
      assertThat(polite.saves(500)).isEqualTo(50);
      assertThat(polite.page(500)).isEqualTo(50);
      polite.rate(MaxRate.parse("2"));
      assertThat(polite.saves(500)).as("a save at least").isEqualTo(1);
    }
  }

  @Test
  void whatIsWrittenBitByBitIsReadForHalfASecond() {
    try (Politeness polite = polite("1MB")) {
      assertThat(polite.bytesAhead(FULL)).isEqualTo(500_000);
    }
    try (Politeness polite = polite("500")) {
      assertThat(polite.savesAhead(500)).isEqualTo(250);
    }
    try (Politeness polite = polite("100MB")) {
      assertThat(polite.bytesAhead(FULL)).as("a full batch").isBetween(FULL - 5, FULL);
      double written = settled(polite);
      assertThat(polite.bytesAhead(FULL) / BYTES_A_SECOND).isBetween(written * 4.9, written * 5.1);
    }
    try (Politeness polite = polite(null)) {
      assertThat(polite.bytesAhead(FULL)).isEqualTo(polite.bytes(FULL));
    }
  }

  @Test
  void batchesThatTheUserWantsSmallerStaySo() {
    try (Politeness polite =
        new Politeness(
            List.of(),
            Duration.ofMillis(50),
            MaxRate.parse("100MB"),
            line -> {},
            new ArrayDeque<>(),
            Ticks.REAL,
            Duration.ofMinutes(2))) {
      assertThat(settled(polite)).isBetween(0.035, 0.05);
    }
  }

  @Test
  void onlyOneThreadWritesAtATimeWhereThereIsARate() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (Politeness polite = polite("1MB")) {
      inThreads(
          4,
          () -> {
            for (int i = 0; i < 200; i++) {
              polite.writing(
                  0,
                  0,
                  () -> {},
                  () -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    TimeUnit.MICROSECONDS.sleep(50);
                    inside.decrementAndGet();
                  });
            }
          });
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void threadsWriteSideBySideWhereThereIsNone() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    try (Politeness polite = polite(null)) {
      inThreads(2, () -> polite.writing(1, 1, () -> {}, () -> both.await(2, TimeUnit.MINUTES)));
    }
  }

  /** Time passes when somebody waits, and not else. */
  private static final class Simulated implements Ticks {
    private final AtomicLong now = new AtomicLong();

    @Override
    public long nanos() {
      return now.get();
    }

    @Override
    public void sleep(long nanos) {
      now.addAndGet(nanos);
    }
  }

  private static Politeness polite(@Nullable String rate, Ticks ticks, Duration patience) {
    return new Politeness(
        List.of(),
        Duration.ofMillis(500),
        rate == null ? null : MaxRate.parse(rate),
        line -> {},
        new ArrayDeque<>(),
        ticks,
        patience);
  }

  @Test
  void severalThreadsWriteNoFasterThanTheRateOneAfterTheOther() throws Exception {
    Simulated time = new Simulated();
    List<Long> writes = new CopyOnWriteArrayList<>();
    try (Politeness polite = polite("10", time, Duration.ofMinutes(2))) {
      inThreads(
          4,
          () -> {
            for (int i = 0; i < 5; i++) {
              polite.writing(10, 0, () -> {}, () -> writes.add(time.nanos()));
            }
          });
    }
    assertThat(writes).hasSize(20);
    for (int i = 1; i < writes.size(); i++) {
      assertThat(writes.get(i) - writes.get(i - 1))
          .as("nanoseconds from write %s to the next", i)
          .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(999));
    }
  }

  @Test
  void aStopEndsTheWaitForTheRateAndNothingIsWritten() throws Exception {
    AtomicInteger written = new AtomicInteger();
    try (Politeness polite = polite("1", new Simulated(), Duration.ofMinutes(2))) {
      polite.writing(1_000_000, 0, () -> {}, written::incrementAndGet);
      assertThatThrownBy(
              () ->
                  polite.writing(
                      1,
                      0,
                      () -> {
                        throw new IllegalStateException("stopped");
                      },
                      written::incrementAndGet))
          .hasMessage("stopped");
      // The lock is let go of as well.
      inThreads(2, () -> polite.writing(0, 0, () -> {}, written::incrementAndGet));
    }
    assertThat(written).hasValue(3);
  }

  @Test
  void aWriteThatIsBlockedKeepsNoOtherFromBeingDone() throws Exception {
    CountDownLatch others = new CountDownLatch(2);
    AtomicInteger turn = new AtomicInteger();
    try (Politeness polite = polite("1MB", new Simulated(), Duration.ofMillis(10))) {
      inThreads(
          3,
          () ->
              polite.writing(
                  1,
                  1,
                  () -> {},
                  () -> {
                    if (turn.getAndIncrement() == 0) {
                      assertThat(others.await(2, TimeUnit.MINUTES)).isTrue();
                    } else {
                      others.countDown();
                    }
                  }));
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void inThreads(int number, Work work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(number);
    try {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < number; i++) {
        all.add(
            threads.submit(
                () -> {
                  work.run();
                  return true;
                }));
      }
      for (Future<Boolean> one : all) {
        assertThat(one.get(3, TimeUnit.MINUTES)).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
