package io.picklift.app.cli.terminal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Handles SIGTERM and Ctrl-C while a job runs: the job ends after the batch at hand and says so in
 * one line, and the process exits with the job's own exit status. A second signal ends the process
 * at once.
 */
public final class Termination {
  private static final AtomicBoolean IS_HOOKED = new AtomicBoolean();
  private static final CountDownLatch ENDED = new CountDownLatch(1);
  private static volatile @Nullable Runnable stop;
  private static volatile boolean isRequested;
  private static volatile int status;

  private Termination() {}

  /**
   * From now on this is what stops the process's work; null for nothing. A process that was told to
   * stop before has it stopped at once.
   *
   * @return what it was before
   */
  public static @Nullable Runnable stopBy(@Nullable Runnable newStop) {
    Runnable before = stop;
    stop = newStop;
    if (newStop != null && !IS_HOOKED.getAndSet(true)) {
      Runtime.getRuntime().addShutdownHook(new Thread(Termination::request, "termination"));
    }
    if (newStop != null && isRequested) {
      newStop.run();
    }
    return before;
  }

  /** Whether the process was told to stop. */
  public static boolean isRequested() {
    return isRequested;
  }

  /** The process's work has ended with this status. */
  public static void ended(int newStatus) {
    status = newStatus;
    ENDED.countDown();
  }

  private static void request() {
    if (ENDED.getCount() == 0) {
      return;
    }
    // First: who sets another one at this moment has to see it.
    isRequested = true;
    Runnable current = stop;
    if (current == null) {
      return;
    }
    SecondSignal.leaveWith(ExitStatus.UNFINISHED);
    current.run();
    try {
      ENDED.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // The JVM would tell of the signal and not of the work.
    Runtime.getRuntime().halt(status);
  }
}
