package io.picklift.app.job;

import io.picklift.app.account.LedgerComparison;
import io.picklift.app.account.LedgerState;
import io.picklift.app.range.LedgerSums;
import io.picklift.app.source.SaveKey;
import io.picklift.app.target.LedgerEntry;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the outcomes of source rows. Safe for several threads. */
final class OutcomeCounts {
  private static final int MOST_NAMED = 5;

  final LongAdder added = new LongAdder();
  final LongAdder replaced = new LongAdder();
  final LongAdder unchanged = new LongAdder();
  final LongAdder quarantined = new LongAdder();

  /** Rows that the ledger does not have, or not as they are. */
  final LongAdder changed = new LongAdder();

  /** Rows of saves that the tables own, or that are left since their rows were edited. */
  final LongAdder left = new LongAdder();

  /** Those of them that the old application wrote since. */
  final LongAdder writtenInSource = new LongAdder();

  private final Queue<SaveKey> examples = new ConcurrentLinkedQueue<>();

  /** Rows whose key the ledger has. */
  final LongAdder known = new LongAdder();

  /** Rows whose entry in the ledger says that they are gone: they came back. */
  final LongAdder returned = new LongAdder();

  /** Rows whose entry in the ledger says that they are outside of the scope. */
  final LongAdder backInScope = new LongAdder();

  /**
   * Counts a row.
   *
   * @param isConflict whether its save was left as it is, since its rows were edited
   */
  void add(LedgerComparison.Compared row, boolean isConflict) {
    LedgerState state = row.state();
    if (state != null) {
      known.increment();
      if (state.status() == LedgerEntry.Status.DELETED) {
        returned.increment();
      }
      if (state.isOutOfScope()) {
        backInScope.increment();
      }
    }
    if (isConflict && !row.isCurrent()) {
      left.increment();
      return;
    }
    if (!row.isOwned()) {
      outcome(state, row.isCurrent()).increment();
      return;
    }
    left.increment();
    if (!row.isCurrent()) {
      writtenInSource.increment();
      if (writtenInSource.sum() <= MOST_NAMED) {
        examples.add(row.key());
      }
    }
  }

  /** Some of the keys that the old application wrote, though the tables own them. */
  List<SaveKey> examples() {
    return List.copyOf(examples);
  }

  /** Counts the rows of a range that are all as the ledger has them. */
  void add(LedgerSums.Entry range) {
    known.add(range.sum().rows());
    quarantined.add(range.quarantined());
    added.add(range.added());
    replaced.add(range.replaced());
    left.add(range.left());
    unchanged.add(range.unchanged());
  }

  private LongAdder outcome(@Nullable LedgerState state, boolean isCurrent) {
    if (state == null || !isCurrent) {
      return changed;
    }
    if (state.status() == LedgerEntry.Status.QUARANTINED) {
      return quarantined;
    }
    if (!state.isWritten()) {
      return unchanged;
    }
    return state.isNew() ? added : replaced;
  }
}
