package io.picklift.app.job;

import io.picklift.app.account.LedgerComparison;
import io.picklift.app.job.repository.ContextJson;
import io.picklift.app.range.KeyRange;
import io.picklift.app.range.LedgerSums;
import io.picklift.app.range.RangeComparison;
import io.picklift.app.range.RangesLeft;
import io.picklift.app.source.KeyState;
import io.picklift.app.source.SaveBatch;
import io.picklift.app.source.SaveCursor;
import io.picklift.app.source.SaveCursor.Stretch;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.workers.lease.HeldLease;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads some ranges of keys: those whose sums differ from the ledger's page by page, each compared
 * with the ledger, then the saves in question in batches bounded by bytes. Its position goes into
 * the job repository for whoever looks at the run; the next run asks the ledger.
 */
class SaveBatchReader implements ItemStreamReader<SaveBatch>, StepExecutionListener {
  static final String AFTER = "after";
  static final String UP_TO = "upTo";

  /** There is nothing in this range. */
  static final String EMPTY = "empty";

  private final JobEnvironment environment;
  private final SaveSource source;
  private final JobMode mode;
  private final WriteUnderWay underWay;

  private RangesLeft ranges = new RangesLeft(List.of());

  /** Rows of a backfill that are read ahead: they count once they are in a stretch. */
  private final Deque<LedgerComparison.Compared> ahead = new ArrayDeque<>();

  /** What the step is for: without the position, behind which not all is written. */
  private ExecutionContext whole = new ExecutionContext();

  private boolean isTooSmall;
  private @Nullable KeyRange range;
  private @Nullable SaveCursor cursor;
  private @Nullable RangeComparison sums;
  private @Nullable SaveKey position;
  private long visited;
  private long unchanged;
  private long handedOn;

  /**
   * Reads nothing yet.
   *
   * @param underWay of this range: it is at its end when all of it is written
   */
  SaveBatchReader(JobEnvironment environment, JobMode mode, WriteUnderWay underWay) {
    this.underWay = underWay;
    this.environment = environment;
    this.source = environment.source();
    this.mode = mode;
  }

  @Override
  public void open(ExecutionContext context) {
    RunState run = environment.run();
    position = key(context, AFTER, source);
    whole = new ExecutionContext(context);
    ranges = new RangesLeft(KeyRanges.of(context, run, source));
    sums = environment.ranges(run.sums());
  }

  static @Nullable SaveKey key(ExecutionContext context, String name, SaveSource source) {
    return context.containsKey(name)
        ? SaveKey.parse(context.getString(name), source.keyColumns())
        : null;
  }

  @Override
  public void update(ExecutionContext context) {
    if (position != null) {
      context.putString(AFTER, position.text());
    }
  }

  /** Spring Batch counted batches; whoever reads the job repository wants to know of saves. */
  @Override
  public ExitStatus afterStep(StepExecution step) {
    step.setReadCount(visited);
    step.setFilterCount(unchanged);
    step.setWriteCount(handedOn);
    environment.polite().leave();
    try {
      // A range that failed, or was told to stop, leaves nothing that is written behind its back.
      underWay.finish();
    } catch (SQLException | RuntimeException e) {
      step.addFailureException(e);
    }
    return step.getExitStatus();
  }

  @Override
  public @Nullable SaveBatch read() throws SQLException {
    environment.run().check();
    while (true) {
      split();
      Stretch stretch = cursor == null ? null : cursor.next();
      if (stretch == null) {
        if (!nextRange()) {
          underWay.finish();
          return null;
        }
        continue;
      }
      visited += stretch.visited();
      count(stretch.visited());
      unchanged += stretch.visited() - stretch.wanted().size();
      position = stretch.last();
      environment.progress().done(stretch.visited());
      if (!stretch.wanted().isEmpty()) {
        SaveBatch batch =
            environment
                .reader()
                .read(stretch.keys(), environment.disagreements().isNeeded())
                .in(rangeNumber());
        handedOn += batch.rows().size();
        environment.progress().read(batch.rows().size(), batch.bytes());
        return batch;
      }
      environment.run().check();
    }
  }

  private void count(long rows) {
    for (long i = 0; i < rows && !ahead.isEmpty(); i++) {
      environment.run().scan().add(ahead.remove(), false);
    }
  }

  /** Gives up a part of what is left, where the coordinator asks for it. */
  private void split() throws SQLException {
    HeldLease lease = environment.run().lease();
    SaveCursor of = cursor;
    if (of == null || lease == null || !lease.isSplitWanted() || isTooSmall) {
      return;
    }
    ExecutionContext kept = new ExecutionContext(whole);
    ExecutionContext rest;
    if (ranges.left() > 0) {
      rest = KeyRanges.giveUp(kept, ranges.halve());
    } else {
      SaveCursor.Half half = of.halve();
      isTooSmall = half == null;
      if (half == null) {
        return;
      }
      while (ahead.size() > of.ahead()) {
        ahead.removeLast();
      }
      rest = KeyRanges.giveUp(kept, half.upTo());
    }
    HeldLease.Given given = new HeldLease.Given(ContextJson.text(kept), ContextJson.text(rest));
    // Where this fails, so does the attempt, and the next one has what this one had.
    lease.split(connection -> given);
    whole = kept;
  }

  /** Goes on with the next range, of which something is to be looked at; false at the end. */
  private boolean nextRange() throws SQLException {
    for (KeyRange next = ranges.next(); next != null; next = ranges.next()) {
      LedgerSums.Entry same = mode == JobMode.BACKFILL && sums != null ? sums.same(next) : null;
      if (same == null) {
        range = next;
        cursor =
            new SaveCursor(
                source,
                next.after(),
                next.upTo(),
                mode == JobMode.BACKFILL,
                this::wanted,
                environment.polite(),
                true);
        return true;
      }
      long rows = same.sum().rows();
      environment.run().scan().add(same);
      visited += rows;
      unchanged += rows;
      position = next.upTo() == null ? position : next.upTo();
      environment.progress().done(rows);
    }
    return false;
  }

  private int rangeNumber() {
    return range == null ? KeyRange.NONE : range.number();
  }

  private Set<SaveKey> wanted(List<KeyState> page, long first) throws SQLException {
    Set<SaveKey> wanted = new HashSet<>();
    for (LedgerComparison.Compared row : compared(page)) {
      if (row.isWanted()) {
        wanted.add(row.key());
      }
    }
    return wanted;
  }

  private List<LedgerComparison.Compared> compared(List<KeyState> page) throws SQLException {
    if (mode == JobMode.MIGRATE) {
      return environment.comparison().known(page);
    }
    List<LedgerComparison.Compared> rows = environment.comparison().current(page);
    ahead.addAll(rows);
    environment.assign(
        rows.stream().filter(row -> row.state() != null).map(row -> row.key()).toList(),
        rangeNumber());
    return rows;
  }
}
