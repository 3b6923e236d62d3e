package io.picklift.app.job;

import io.picklift.app.database.Retry;
import io.picklift.app.database.UncheckedSqlException;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Cuts the source into ranges of keys with about as many rows each. The last has no end, so that
 * rows which come while the job runs belong to one too.
 */
final class KeyRanges implements Partitioner {
  private final SaveSource source;
  private final Progress progress;
  private final String what;

  KeyRanges(SaveSource source, Progress progress, String what) {
    this.source = source;
    this.progress = progress;
    this.what = what;
  }

  @Override
  public Map<String, ExecutionContext> partition(int gridSize) {
    try {
      long rows = Retry.retrying(source::count);
      progress.start(what, rows);
      return Retry.retrying(() -> cut(rows, gridSize));
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
  }

  private Map<String, ExecutionContext> cut(long rows, int gridSize) throws SQLException {
    Map<String, ExecutionContext> ranges = new LinkedHashMap<>();
    @Nullable SaveKey after = null;
    // Always as many as asked for: a restarted job finds its ranges by their names.
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
