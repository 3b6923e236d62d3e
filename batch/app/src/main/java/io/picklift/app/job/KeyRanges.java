package io.picklift.app.job;

import io.picklift.app.database.Retry;
import io.picklift.app.database.UncheckedSqlException;
import io.picklift.app.estimate.LaterSteps;
import io.picklift.app.estimate.RangeSizes;
import io.picklift.app.estimate.SizeEstimate;
import io.picklift.app.range.KeyRange;
import io.picklift.app.range.LedgerSums;
import io.picklift.app.range.Ranges;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.target.LateIndexes;
import io.picklift.app.workers.Coordinator;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Cuts the source into ranges of keys with about as many rows each, once a run. The last has no
 * end, so that rows which come while the job runs belong to one too. Where the target knows ranges
 * of the source, each step has some of these.
 */
final class KeyRanges implements Partitioner {
  private static final String FIRST = "first";
  private static final String LAST = "last";

  /** Where a part of a known range begins and ends. */
  private static final String CUT_AFTER = "cutAfter";

  private static final String CUT_UP_TO = "cutUpTo";

  private final JobEnvironment environment;
  private final String what;
  private final boolean isCompared;
  private final @Nullable Coordinator coordinator;

  /**
   * @param isCompared whether ranges are compared with the ledger, and not only looked for in it
   * @param coordinator shares them out to other processes; null where this one does all
   */
  KeyRanges(
      JobEnvironment environment,
      String what,
      boolean isCompared,
      @Nullable Coordinator coordinator) {
    this.environment = environment;
    this.what = what;
    this.isCompared = isCompared;
    this.coordinator = coordinator;
  }

  @Override
  public Map<String, ExecutionContext> partition(int most) {
    try {
      SaveSource source = environment.source();
      long rows = Retry.retrying(source::count);
      int gridSize =
          coordinator == null
              ? most
              : (int) Math.max(1, Math.min(most, rows / coordinator.leastSaves()));
      environment.progress().start(what, rows);
      environment.progress().followed(what, later());
      SizeEstimate.begin(source, what, rows, environment.progress());
      Ranges known = new Ranges(source, environment.target(), environment.lock());
      List<KeyRange> keys = known.prepare(rows, gridSize);
      Map<String, ExecutionContext> ranges =
          keys.isEmpty()
              ? Retry.retrying(() -> cut(source, rows, gridSize))
              : group(keys, ends(keys, gridSize), gridSize);
      environment.run().cut(rows, ranges, keys);
      if (isCompared && coordinator == null) {
        sumUp(environment);
      }
      return copy(ranges);
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
  }

  /** How much of this step's time the steps behind it take. */
  private double later() throws SQLException {
    List<String> unindexed =
        Retry.retrying(
            () -> LateIndexes.pending(environment.target(), environment.mapped().mapping()));
    return LaterSteps.share(!unindexed.isEmpty(), isCompared);
  }

  /** The same ranges again, for the closing step of the run. */
  static Partitioner again(JobEnvironment environment, String what) {
    return gridSize -> {
      RunState run = environment.run();
      environment.progress().start(what, run.rows());
      try {
        if (run.isClosingNeeded()) {
          sumUp(environment);
        }
      } catch (SQLException e) {
        throw new UncheckedSqlException(e);
      }
      return copy(run.ranges());
    };
  }

  /** What the ledger has now: the run alone changes it, and does not while ranges are compared. */
  private static void sumUp(JobEnvironment environment) throws SQLException {
    RunState run = environment.run();
    try {
      SaveSource.Sums by = run.keys().isEmpty() ? null : environment.source().sums();
      run.sums(by == null ? LedgerSums.NONE : environment.summedUp(by));
    } finally {
      // The ranges are for other threads to work on.
      environment.polite().leave();
    }
  }

  /** The ranges that a step has. */
  static List<KeyRange> of(ExecutionContext context, RunState run, SaveSource source) {
    if (context.containsKey(SaveBatchReader.EMPTY)) {
      return List.of();
    }
    if (context.containsKey(FIRST)) {
      return cutDown(
          run.keys().subList(context.getInt(FIRST), context.getInt(LAST) + 1), context, source);
    }
    return List.of(
        new KeyRange(
            KeyRange.NONE,
            SaveBatchReader.key(context, SaveBatchReader.AFTER, source),
            SaveBatchReader.key(context, SaveBatchReader.UP_TO, source)));
  }

  /** The ranges, the first and last of which may be parts of what the target knows. */
  private static List<KeyRange> cutDown(
      List<KeyRange> ranges, ExecutionContext context, SaveSource source) {
    List<KeyRange> cut = new ArrayList<>(ranges);
    @Nullable SaveKey after = SaveBatchReader.key(context, CUT_AFTER, source);
    if (after != null) {
      KeyRange first = cut.get(0);
      cut.set(0, new KeyRange(first.number(), after, first.upTo()));
    }
    @Nullable SaveKey upTo = SaveBatchReader.key(context, CUT_UP_TO, source);
    if (upTo != null) {
      KeyRange last = cut.get(cut.size() - 1);
      cut.set(cut.size() - 1, new KeyRange(last.number(), last.after(), upTo));
    }
    return cut;
  }

  /**
   * Of a step's ranges, gives up all but the first.
   *
   * @param context of the step, which is that of the first ones from then on
   * @return the context of the others
   */
  static ExecutionContext giveUp(ExecutionContext context, int kept) {
    ExecutionContext rest = new ExecutionContext(context);
    int first = context.getInt(FIRST);
    rest.putInt(FIRST, first + kept);
    rest.remove(CUT_AFTER);
    context.putInt(LAST, first + kept - 1);
    context.remove(CUT_UP_TO);
    return rest;
  }

  /** The same, of a step whose last range is under way: what is behind a key is given up. */
  static ExecutionContext giveUp(ExecutionContext context, SaveKey behind) {
    ExecutionContext rest = new ExecutionContext(context);
    if (context.containsKey(FIRST)) {
      rest.putInt(FIRST, context.getInt(LAST));
      rest.putString(CUT_AFTER, behind.text());
      context.putString(CUT_UP_TO, behind.text());
    }
    rest.putString(SaveBatchReader.AFTER, behind.text());
    context.putString(SaveBatchReader.UP_TO, behind.text());
    return rest;
  }

  /** Threads of one process even out by themselves what takes longer; workers get equal shares. */
  private List<Integer> ends(List<KeyRange> keys, int gridSize) throws SQLException {
    if (coordinator != null) {
      return RangeSizes.groups(environment.source(), keys, gridSize);
    }
    List<Integer> ends = new ArrayList<>();
    for (int i = 1; i <= gridSize; i++) {
      ends.add((int) ((long) keys.size() * i / gridSize));
    }
    return ends;
  }

  private static Map<String, ExecutionContext> group(
      List<KeyRange> keys, List<Integer> ends, int gridSize) {
    Map<String, ExecutionContext> groups = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(gridSize, ends.size()); i++) {
      int first = i == 0 ? 0 : ends.get(i - 1);
      int end = ends.get(i);
      ExecutionContext context = empty();
      if (first < end) {
        context = range(keys.get(first).after(), keys.get(end - 1).upTo());
        context.putInt(FIRST, first);
        context.putInt(LAST, end - 1);
      }
      groups.put("range" + (i + 1), context);
    }
    return groups;
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
