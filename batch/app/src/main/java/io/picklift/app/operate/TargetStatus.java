package io.picklift.app.operate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.picklift.app.decode.StrayBytes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The status of a target. Times are the target server's, in UTC.
 *
 * @param lock who works on it; null where nobody does
 * @param paused whether the run that is under way, or the next one, waits for {@code resume}
 * @param runs the last few, the newest first
 * @param lagSeconds by source, how long ago the last run began that left the target up to date:
 *     what the source had then is in the target
 * @param ledger by source, rows by status
 * @param quarantine rows by reason
 * @param disagreements places where a copy does not say what its BLOB says, by the copy's column
 * @param stray by source, bytes behind pickles that are no pickle; sources without any are left out
 * @param suspected by source, saves with text that looks damaged, by the damage; the same
 * @param base what is kept of saves to merge by; null where nothing is
 * @param following of each source whose binary log is followed
 */
public record TargetStatus(
    String target,
    String now,
    @Nullable Lock lock,
    boolean paused,
    List<Run> runs,
    Map<String, Long> lagSeconds,
    Map<String, Map<String, Long>> ledger,
    Map<String, Long> quarantine,
    Map<String, Long> disagreements,
    Map<String, StrayBytes> stray,
    Map<String, Map<String, Long>> suspected,
    @Nullable Base base,
    List<Following> following) {

  /**
   * What {@code target.keep_base} keeps.
   *
   * @param bytes compressed
   */
  public record Base(long saves, long bytes) {}

  /**
   * How far a source's binary log is in the target.
   *
   * @param state migrating, comparing or following
   * @param place transactions, or file and offset
   * @param pendingKeys that were read from the log and are not done
   * @param heldBack saves whose row is gone, and that are not deleted since too many are
   * @param silentSeconds since when the follower told nothing; null where it never did
   */
  public record Following(
      String source,
      String state,
      String place,
      long pendingKeys,
      long lagSeconds,
      long lagTransactions,
      long heldBack,
      @Nullable Long silentSeconds) {}

  /**
   * Who holds the target's lock.
   *
   * @param connection as SHOW PROCESSLIST and KILL have it
   * @param host where its process runs; null where it did not say
   * @param since when it took the lock; null where it did not say
   * @param silentSeconds for how long it was not heard of; null where it never was
   */
  public record Lock(
      long connection,
      @Nullable String host,
      @Nullable Long process,
      @Nullable String since,
      @Nullable Long silentSeconds) {}

  /**
   * A run of migrate or backfill.
   *
   * @param status running, complete, failed, stopped, or killed where its process is gone
   * @param seconds how long it took, or has taken
   * @param written rows of the ledger that were written since it began
   * @param counts what its closing pass counted; empty before it
   */
  public record Run(
      long id,
      String source,
      String command,
      String status,
      String began,
      @Nullable String ended,
      double seconds,
      long written,
      Map<String, Long> counts) {
    /** The same run, of which nothing runs any more. */
    Run killed() {
      return new Run(id, source, command, "killed", began, ended, seconds, written, counts);
    }

    /** Rows written a second. */
    @JsonProperty
    public double rate() {
      return seconds <= 0 ? 0 : written / seconds;
    }
  }
}
