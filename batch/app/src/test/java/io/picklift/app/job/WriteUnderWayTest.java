package io.picklift.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.database.UncheckedSqlException;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One part is written while the next is prepared, and a failure is told once. */
final class WriteUnderWayTest {
  @Test
  void theCallerGoesOnWhileAPartIsWrittenAndTheNextWaits() throws Exception {
    WriteUnderWay underWay = new WriteUnderWay();
    CountDownLatch first = new CountDownLatch(1);
    AtomicInteger order = new AtomicInteger();
    underWay.begin(
        () -> {
          await(first);
          assertThat(order.incrementAndGet()).isEqualTo(1);
        });
    assertThat(order).hasValue(0);
    first.countDown();
    underWay.begin(() -> assertThat(order.incrementAndGet()).isEqualTo(2));
    underWay.finish();
    assertThat(order).hasValue(2);
  }

  @Test
  void aFailureIsTheNextOnesAndToldOnce() throws Exception {
    WriteUnderWay underWay = new WriteUnderWay();
    SQLException lost = new SQLException("lost");
    underWay.begin(
        () -> {
          throw new UncheckedSqlException(lost);
        });
    AtomicInteger written = new AtomicInteger();
    assertThatThrownBy(() -> underWay.begin(written::incrementAndGet)).isSameAs(lost);
    assertThat(written).hasValue(0);
    underWay.finish();

    underWay.begin(
        () -> {
          throw new IllegalStateException("a defect");
        });
    assertThatThrownBy(underWay::finish).hasRootCauseMessage("a defect");
    underWay.finish();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
