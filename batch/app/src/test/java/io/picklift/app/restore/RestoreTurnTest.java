package io.picklift.app.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.memory.LastResort;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits to be alone has no transaction open meanwhile. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class RestoreTurnTest {
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger begun = new AtomicInteger();
  private final RestoreTurn turn = new RestoreTurn(new LastResort());

  private void transaction(Runnable work) {
    begun.incrementAndGet();
    open.incrementAndGet();
    try {
      work.run();
    } finally {
      open.decrementAndGet();
    }
  }

  @Test
  void noTransactionIsOpenWhileOneWaitsToBeAlone() throws Exception {
    CountDownLatch isBeside = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    CompletableFuture<Boolean> other =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return turn.beside(
                    () -> {
                      isBeside.countDown();
                      await(mayEnd);
                    });
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    isBeside.await();
    assertThat(
            turn.beside(
                () ->
                    transaction(
                        () -> {
                          throw new RestoreTurn.NeedsAllException();
                        })))
        .isFalse();
    Thread alone = new Thread(this::enterAlone);
    alone.start();
    while (alone.getState() != Thread.State.WAITING) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(open.get()).isZero();
    assertThat(begun.get()).isEqualTo(1);
    mayEnd.countDown();
    alone.join();
    assertThat(begun.get()).isEqualTo(2);
    assertThat(other.get()).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void enterAlone() {
    try {
      turn.alone(() -> transaction(() -> {}));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatRunsOutOfMemoryBesideOthersIsNotDone() throws Exception {
    assertThat(
            turn.beside(
                () ->
                    transaction(
                        () -> {
                          throw new OutOfMemoryError("beside others");
                        })))
        .isFalse();
    assertThat(open.get()).isZero();
  }
}
