package io.picklift.app.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.config.MaxRate;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Batches by time and work by rate, with a clock that the tests turn. */
final class PaceTest {
  private static final long HALF_A_SECOND = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void batchesShrinkWhereTheServerIsSlowAndGrowAgainWhenItIsNot() {
    Pace pace = new Pace(HALF_A_SECOND);
    double slow = settled(pace, 4 * SECOND);
    assertThat(slow * 4).isBetween(0.4, 0.55);
    assertThat(pace.of(250)).isBetween(25L, 35L);
    double fast = settled(pace, SECOND / 10);
    assertThat(fast).isEqualTo(1);
    assertThat(pace.of(250)).isEqualTo(250);
  }

  /** The share that it comes to where a full batch takes so long. */
  private static double settled(Pace pace, long nanosOfAFullBatch) {
    for (int i = 0; i < 100; i++) {
      double share = pace.share();
      pace.took(share, (long) (nanosOfAFullBatch * share));
    }
    return pace.share();
  }

  @Test
  void oneSlowStatementChangesLittle() {
    Pace pace = new Pace(HALF_A_SECOND);
    settled(pace, SECOND / 4);
    pace.took(1, 5 * SECOND);
    assertThat(pace.share()).isGreaterThanOrEqualTo(0.8);
  }

  @Test
  void aSmallBatchDoesNotTellWhatALargeOneTakes() {
    Pace pace = new Pace(HALF_A_SECOND);
    for (int i = 0; i < 100; i++) {
      pace.took(0.004, TimeUnit.MILLISECONDS.toNanos(20));
    }
    assertThat(pace.share()).isEqualTo(1);
  }

  @Test
  void aServerThatNeverAnswersInTimeStillGetsASaveAtATime() {
    Pace pace = new Pace(HALF_A_SECOND);
    settled(pace, 10_000 * SECOND);
    assertThat(pace.of(250)).isEqualTo(1);
  }

  @Test
  void whatWasDoneIsPaidByTime() {
    Rate rate = new Rate(MaxRate.parse("10"), 0);
    assertThat(rate.nanosOwed(0)).isZero();
    rate.owe(5, 1_000_000);
    assertThat(rate.nanosOwed(SECOND / 4)).isEqualTo(SECOND / 4);
    assertThat(rate.nanosOwed(SECOND / 2)).isZero();
    assertThat(rate.saves(500, 0.5)).isEqualTo(5);
    assertThat(rate.bytes(500, 0.5)).isEqualTo(500);
    rate.change(MaxRate.parse("2MB/s"));
    rate.owe(1, 1_000_000);
    assertThat(rate.nanosOwed(SECOND * 3 / 4)).isEqualTo(SECOND / 4);
    assertThat(rate.nanosOwed(SECOND)).isZero();
    rate.owe(1, Integer.MAX_VALUE);
    rate.change(null);
    assertThat(rate.nanosOwed(SECOND)).isZero();
  }

  @Test
  void noMoreThreadsWorkThanHaveASlot() {
    Slots slots = new Slots();
    Thread one = new Thread();
    Thread two = new Thread();
    assertThat(slots.isGranted(one)).isTrue();
    assertThat(slots.isGranted(two)).isTrue();
    slots.change(1);
    assertThat(slots.isGranted(one)).isFalse();
    assertThat(slots.isGranted(two)).isTrue();
    assertThat(slots.isGranted(one)).isFalse();
    slots.leave(two);
    assertThat(slots.isGranted(one)).isTrue();
  }
}
