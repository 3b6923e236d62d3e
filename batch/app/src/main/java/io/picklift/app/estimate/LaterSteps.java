package io.picklift.app.estimate;

/**
 * How long the steps take that come after the saves are copied, as a share of the time that copying
 * all of them takes. The shares are those of measured runs: they differ with the number of indexes
 * and with what the server has to do for others, but an estimate without them is wrong each time.
 */
public final class LaterSteps {
  /** Indexes over what was written, statistics, and the pass that counts. */
  private static final double FIRST_RUN = 0.19;

  /** The pass that counts. */
  private static final double COUNT = 0.05;

  private LaterSteps() {}

  /**
   * The share.
   *
   * @param isUnindexed whether tables wait for indexes, as they do until a first run ends
   * @param isBackfill whether what is unchanged is passed over, and counted meanwhile
   */
  public static double share(boolean isUnindexed, boolean isBackfill) {
    if (isUnindexed) {
      return FIRST_RUN;
    }
    return isBackfill ? 0 : COUNT;
  }
}
