package io.picklift.app.job;

import io.picklift.app.database.Retry;
import io.picklift.app.database.UncheckedSqlException;
import io.picklift.app.estimate.SizeEstimate;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Cuts the source into ranges of keys with about as many rows each, once a run. The last has no
 * end, so that rows which come while the job runs belong to one too.
 */
final class KeyRanges implements Partitioner {
  private final JobEnvironment environment;
  private final String what;

  KeyRanges(JobEnvironment environment, String what) {
    this.environment = environment;
    this.what = what;
  }

  @Override
  public Map<String, ExecutionContext> partition(int gridSize) {
    try {
      SaveSource source = environment.source();
      long rows = Retry.retrying(source::count);
      environment.progress().start(what, rows);
      SizeEstimate.begin(source, what, rows, environment.progress());
      Map<String, ExecutionContext> ranges = Retry.retrying(() -> cut(source, rows, gridSize));
      environment.run().cut(rows, ranges);
      return copy(ranges);
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
  }

  /** The same ranges again, for a later step of the run. */
  static Partitioner again(JobEnvironment environment, String what) {
    return gridSize -> {
      RunState run = environment.run();
      environment.progress().start(what, run.rows());
      return copy(run.ranges());
    };
  }

  /** Each step notes its position in contexts of its own. */
  private static Map<String, ExecutionContext> copy(Map<String, ExecutionContext> ranges) {
    Map<String, ExecutionContext> copy = new LinkedHashMap<>();
    ranges.forEach((name, range) -> copy.put(name, new ExecutionContext(range)));
    return copy;
  }

  private static Map<String, ExecutionContext> cut(SaveSource source, long rows, int gridSize)
      throws SQLException {
    Map<String, ExecutionContext> ranges = new LinkedHashMap<>();
    @Nullable SaveKey after = null;
    for (int i = 1; i <= gridSize; i++) {
      @Nullable SaveKey upTo = i == gridSize ? null : source.keyAt(rows * i / gridSize);
      boolean isEmpty = i < gridSize && (upTo == null || upTo.equals(after));
      ranges.put("range" + i, isEmpty ? empty() : range(after, upTo));
      after = isEmpty ? after : upTo;
    }
    return ranges;
  }

  private static ExecutionContext empty() {
    ExecutionContext range = new ExecutionContext();
    range.putString(SaveBatchReader.EMPTY, "");
    return range;
  }

  private static ExecutionContext range(@Nullable SaveKey after, @Nullable SaveKey upTo) {
    ExecutionContext range = new ExecutionContext();
    if (after != null) {
      range.putString(SaveBatchReader.AFTER, after.text());
    }
    if (upTo != null) {
      range.putString(SaveBatchReader.UP_TO, upTo.text());
    }
    return range;
  }
}
