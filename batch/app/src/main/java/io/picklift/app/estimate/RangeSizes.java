package io.picklift.app.estimate;

import io.picklift.app.database.Retry;
import io.picklift.app.range.KeyRange;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts ranges of keys into groups with about as many bytes of BLOBs each, by a sample of some rows
 * of some ranges: sizes of saves are skewed, and those of long-time users lie together.
 */
public final class RangeSizes {
  private static final int MOST_SAMPLED = 256;
  private static final int ROWS = 4;
  private static final Duration MOST_TIME = Duration.ofSeconds(10);

  /** What a row costs beside its BLOB, in bytes of one. */
  private static final long ROW_COST = 512;

  private RangeSizes() {}

  /**
   * Where each group ends.
   *
   * @param ranges with about as many rows each
   * @return the indices behind the last range of each group, in order
   */
  public static List<Integer> groups(SaveSource source, List<KeyRange> ranges, int groups)
      throws SQLException {
    return groups(sample(source, ranges), groups);
  }

  /** The same, by weights that are known. */
  public static List<Integer> groups(long[] weights, int groups) {
    double all = 0;
    for (long weight : weights) {
      all += weight;
    }
    List<Integer> ends = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      if (sum >= all * (ends.size() + 1) / groups && ends.size() < groups - 1) {
        ends.add(i + 1);
      }
    }
    if (ends.isEmpty() || ends.get(ends.size() - 1) < weights.length) {
      ends.add(weights.length);
    }
    return ends;
  }

  /** How much work each range is; one that was not looked at is like the one before it. */
  private static long[] sample(SaveSource source, List<KeyRange> ranges) throws SQLException {
    long end = System.nanoTime() + MOST_TIME.toNanos();
    int every = (ranges.size() + MOST_SAMPLED - 1) / MOST_SAMPLED;
    long[] weights = new long[ranges.size()];
    long last = ROW_COST;
    for (int i = 0; i < weights.length; i++) {
      if (i % every == 0 && System.nanoTime() < end) {
        last = mean(source, ranges.get(i));
      }
      weights[i] = last;
    }
    return weights;
  }

  private static long mean(SaveSource source, KeyRange range) throws SQLException {
    List<SaveKey> keys = Retry.retrying(() -> source.keysAfter(range.after(), 0, ROWS));
    if (keys.isEmpty()) {
      return ROW_COST;
    }
    long bytes = 0;
    for (long size : Retry.retrying(() -> source.sizes(keys))) {
      bytes += size;
    }
    return ROW_COST + bytes / keys.size();
  }
}
