package io.picklift.app.job;

import io.picklift.app.account.LedgerState;
import io.picklift.app.target.LedgerEntry;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the outcomes of source rows. Safe for several threads. */
final class OutcomeCounts {
  final LongAdder added = new LongAdder();
  final LongAdder replaced = new LongAdder();
  final LongAdder unchanged = new LongAdder();
  final LongAdder quarantined = new LongAdder();

  /** Rows that the ledger does not have, or not as they are. */
  final LongAdder changed = new LongAdder();

  /** Rows whose key the ledger has. */
  final LongAdder known = new LongAdder();

  /** Rows whose entry in the ledger says that they are gone: they came back. */
  final LongAdder returned = new LongAdder();

  /** Rows whose entry in the ledger says that they are outside of the scope. */
  final LongAdder backInScope = new LongAdder();

  void add(@Nullable LedgerState state, boolean isCurrent) {
    if (state != null) {
      known.increment();
      if (state.status() == LedgerEntry.Status.DELETED) {
        returned.increment();
      }
      if (state.isOutOfScope()) {
        backInScope.increment();
      }
    }
    outcome(state, isCurrent).increment();
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
