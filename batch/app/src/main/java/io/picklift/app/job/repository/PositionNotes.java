package io.picklift.app.job.repository;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.step.StepExecution;

/**
 * Of where a running step is, only about each second's is stored: Spring Batch notes it after each
 * chunk in two transactions of their own, whose log the server writes to its disk while others
 * wait. What was written the ledger says: a run that goes on from an earlier position finds that,
 * and skips it. How a step begins and ends is always stored.
 */
final class PositionNotes {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  /**
   * @param at when the position was stored last
   * @param isPaired whether the counts that follow the position are stored as well
   */
  private record Last(long at, boolean isPaired) {}

  private final Map<Long, Last> steps = new ConcurrentHashMap<>();

  /** Whether what the repository is told is to be stored. */
  boolean isDue(Method method, Object @Nullable [] arguments, long now) {
    if (arguments == null
        || arguments.length != 1
        || !(arguments[0] instanceof StepExecution step)) {
      return true;
    }
    if (step.getStatus() != BatchStatus.STARTED) {
      steps.remove(step.getId());
      return true;
    }
    Last last = steps.get(step.getId());
    return switch (method.getName()) {
      case "updateExecutionContext" -> {
        boolean isDue = last == null || now - last.at() >= INTERVAL_NANOS;
        steps.put(step.getId(), new Last(isDue || last == null ? now : last.at(), isDue));
        yield isDue;
      }
      // Without a position ahead of it, it says that the step began.
      case "update" -> last == null || last.isPaired();
      default -> true;
    };
  }
}
