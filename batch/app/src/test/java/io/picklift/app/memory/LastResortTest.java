package io.picklift.app.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LastResortTest {
  private final LastResort lastResort = new LastResort();

  @Test
  void aSaveThatTheHeapWasTooSmallForIsDoneAgainAlone() throws Exception {
    CountDownLatch isBusy = new CountDownLatch(1);
    CountDownLatch hasFailed = new CountDownLatch(1);
    AtomicBoolean isOtherDone = new AtomicBoolean();
    CompletableFuture<String> other =
        CompletableFuture.supplyAsync(
            () ->
                lastResort.run(
                    () -> {
                      isBusy.countDown();
                      await(hasFailed);
                      isOtherDone.set(true);
                      return "other";
                    },
                    () -> "refused"));
    await(isBusy);
    List<Boolean> seen = new ArrayList<>();
    String result =
        lastResort.run(
            () -> {
              seen.add(isOtherDone.get());
              if (seen.size() == 1) {
                hasFailed.countDown();
                throw new OutOfMemoryError("the first time");
              }
              return "done";
            },
            () -> "refused");
    assertThat(result).isEqualTo("done");
    assertThat(seen).containsExactly(false, true);
    assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("other");
  }

  @Test
  void aSaveThatIsTooLargeEvenAloneIsRefused() {
    AtomicInteger tries = new AtomicInteger();
    String result =
        lastResort.run(
            () -> {
              tries.incrementAndGet();
              throw new OutOfMemoryError("always");
            },
            () -> "refused");
    assertThat(result).isEqualTo("refused");
    assertThat(tries).hasValue(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
