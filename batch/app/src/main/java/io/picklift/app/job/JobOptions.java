package io.picklift.app.job;

import io.picklift.app.config.Bound;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.codec.Limits;

/**
 * How a job is to run.
 *
 * @param partitions how many ranges of keys are worked on at a time
 * @param maxDeleted how many saves one run may delete
 */
public record JobOptions(
    int partitions, DecodingEngine.Name engine, Limits limits, Bound maxDeleted) {
  public JobOptions {
    if (partitions < 1 || partitions > 64) {
      throw new IllegalArgumentException("partitions: from 1 to 64");
    }
  }

  /**
   * As many ranges as there are processors, but at least two: one connection never overlaps client
   * and server.
   */
  public static JobOptions defaults() {
    int processors = Runtime.getRuntime().availableProcessors();
    return of(Math.min(8, Math.max(2, processors)), DecodingEngine.Name.FAST);
  }

  /** With limits for as many saves at a time. */
  public static JobOptions of(int partitions, DecodingEngine.Name engine) {
    return new JobOptions(partitions, engine, Limits.forSaves(partitions), Bound.MAX_DELETED);
  }

  /** The same, with another bound on deletions. */
  public JobOptions withMaxDeleted(Bound bound) {
    return new JobOptions(partitions, engine, limits, bound);
  }
}
