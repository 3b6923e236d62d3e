package io.picklift.app.throttle;

/**
 * Finds the share of a full batch that takes about as long as it should. What batches cost is
 * smoothed; the share grows by a tenth and shrinks by a fifth at most from one batch to the next,
 * so that a single slow statement changes little. For any thread.
 */
final class Pace {
  private static final double NEWEST = 0.2;
  private static final double AIM = 0.95;
  private static final double MOST_GROWTH = 1.1;
  private static final double MOST_SHRINKAGE = 0.8;
  private static final double LEAST = 0.001;

  /** A batch of much less than the share says more of fixed costs than of its size. */
  private static final double TELLING = 0.5;

  private double target;
  private double cost;
  private double share = 1;

  /**
   * @param targetNanos how long a batch is to take
   */
  Pace(long targetNanos) {
    target = targetNanos * AIM;
  }

  /** From now on a batch is to take so long; its size follows at once. */
  synchronized void aim(long targetNanos) {
    double before = target;
    target = targetNanos * AIM;
    share = bounded(share * target / before);
  }

  /** The share of a full batch that the next one is to have, at most 1. */
  synchronized double share() {
    return share;
  }

  /** How many of {@code most}, at least one. */
  long of(long most) {
    return Math.max(1, (long) (most * share()));
  }

  /**
   * Learns from a batch.
   *
   * @param part how much of a full batch it was
   */
  synchronized void took(double part, long nanos) {
    boolean isTelling = part >= share * TELLING || nanos > target;
    if (part <= 0 || !isTelling) {
      return;
    }
    double now = nanos / part;
    cost = cost == 0 ? now : cost * (1 - NEWEST) + now * NEWEST;
    double wanted = target / Math.max(cost, 1);
    double next = Math.min(share * MOST_GROWTH, Math.max(share * MOST_SHRINKAGE, wanted));
    share = bounded(next);
  }

  private static double bounded(double share) {
    return Math.min(1, Math.max(LEAST, share));
  }
}
