package io.picklift.app.control;

import org.jspecify.annotations.Nullable;

/**
 * What a run is to do.
 *
 * @param number grows with every order
 * @param taken the number of the last order that a run has taken
 * @param maxRate as on the command line, {@code none} for as fast as it goes; null where nobody
 *     said
 * @param partitions how many ranges at a time; null where nobody said
 * @param mostPartitions with how many the run began; null where none has
 */
public record Orders(
    long number,
    long taken,
    boolean isPaused,
    boolean isStopped,
    @Nullable String maxRate,
    @Nullable Integer partitions,
    @Nullable Integer mostPartitions) {
  /** In place of a rate. */
  public static final String NO_RATE = "none";

  public boolean isTaken() {
    return taken >= number;
  }
}
