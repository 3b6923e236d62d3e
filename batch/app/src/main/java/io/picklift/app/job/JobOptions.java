package io.picklift.app.job;

import io.picklift.app.config.Conflicts;
import io.picklift.app.config.CountOrShare;
import io.picklift.app.config.MaxRate;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.workers.WorkersOptions;
import io.picklift.codec.Limits;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a job is to run.
 *
 * @param partitions how many ranges of keys are worked on at a time
 * @param maxDeleted how many saves one run may delete; null for what the configuration says
 * @param maxQuarantine how many saves one run may quarantine; null for what the configuration says
 * @param maxRate how fast a run may go; null for what the configuration says
 * @param conflicts what becomes of saves that changed on both sides; null for what the
 *     configuration says
 * @param isFull whether all saves are compared by their hashes, whatever their watermarks
 * @param isSourceMoved whether the source is the ledger's at another place
 * @param workers how ranges are shared out to other processes; null where they are not
 */
public record JobOptions(
    int partitions,
    DecodingEngine.Name engine,
    Limits limits,
    @Nullable CountOrShare maxDeleted,
    @Nullable CountOrShare maxQuarantine,
    @Nullable MaxRate maxRate,
    @Nullable Conflicts conflicts,
    boolean isFull,
    boolean isSourceMoved,
    @Nullable WorkersOptions workers) {
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
    return new JobOptions(
        partitions,
        engine,
        Limits.forSaves(partitions),
        null,
        null,
        null,
        null,
        false,
        false,
        null);
  }

  /** The same, with another bound on deletions. */
  public JobOptions withMaxDeleted(CountOrShare bound) {
    return with(it -> it.maxDeleted = bound);
  }

  /** The same, with a bound on what goes into quarantine. */
  public JobOptions withMaxQuarantine(CountOrShare bound) {
    return with(it -> it.maxQuarantine = bound);
  }

  /** The same, no faster than this. */
  public JobOptions withMaxRate(MaxRate most) {
    return with(it -> it.maxRate = most);
  }

  /** The same, for saves that changed on both sides. */
  public JobOptions withConflicts(Conflicts wanted) {
    return with(it -> it.conflicts = wanted);
  }

  /** The same, comparing all saves by their hashes. */
  public JobOptions full() {
    return with(it -> it.isFull = true);
  }

  /** The same, for a source that was moved. */
  public JobOptions sourceMoved() {
    return with(it -> it.isSourceMoved = true);
  }

  /** The same, with its ranges shared out to other processes. */
  public JobOptions withWorkers(WorkersOptions how) {
    return with(it -> it.workers = how);
  }

  private JobOptions with(Consumer<Changed> change) {
    Changed copy = new Changed(this);
    change.accept(copy);
    return new JobOptions(
        partitions,
        engine,
        limits,
        copy.maxDeleted,
        copy.maxQuarantine,
        copy.maxRate,
        copy.conflicts,
        copy.isFull,
        copy.isSourceMoved,
        copy.workers);
  }

  /** What may be chosen after {@link #of}. */
  private static final class Changed {
    private @Nullable CountOrShare maxDeleted;
    private @Nullable CountOrShare maxQuarantine;
    private @Nullable MaxRate maxRate;
    private @Nullable Conflicts conflicts;
    private boolean isFull;
    private boolean isSourceMoved;
    private @Nullable WorkersOptions workers;

    Changed(JobOptions from) {
      maxDeleted = from.maxDeleted;
      maxQuarantine = from.maxQuarantine;
      maxRate = from.maxRate;
      conflicts = from.conflicts;
      isFull = from.isFull;
      isSourceMoved = from.isSourceMoved;
      workers = from.workers;
    }
  }
}
