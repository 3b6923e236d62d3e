package io.picklift.app.follow;

import io.picklift.app.follow.log.XaStep;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Transactions in two phases that were prepared and are not decided. The place waits before them
 * for a moment: whoever begins to read between the two phases has not seen the first one, and has
 * to compare. For one thread.
 */
final class OpenXa {
  /** One that is left prepared for hours must not hold the place back as long. */
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Map<String, Open> open = new LinkedHashMap<>();

  /**
   * One of them.
   *
   * @param order number of the transaction that prepared it
   * @param decided number of the one that decided it; none while there is none
   */
  private record Open(long order, long seen, long decided) {}

  void read(XaStep step, long order, long now) {
    if (step.isPrepare()) {
      open.put(step.xid(), new Open(order, now, Long.MAX_VALUE));
    } else {
      open.computeIfPresent(step.xid(), (xid, one) -> new Open(one.order(), one.seen(), order));
    }
  }

  /**
   * Up to where the place may go, so that it is before or behind both phases of each.
   *
   * @param before all transactions before this one are done
   */
  long limit(long before, long now) {
    long limit = before;
    boolean isLower = true;
    while (isLower) {
      isLower = false;
      for (Open one : open.values()) {
        boolean isHolding = one.decided() >= limit && now - one.seen() < MOST_NANOS;
        if (isHolding && one.order() < limit) {
          limit = one.order();
          isLower = true;
        }
      }
    }
    long reached = limit;
    open.values().removeIf(one -> one.order() < reached);
    return limit;
  }
}
