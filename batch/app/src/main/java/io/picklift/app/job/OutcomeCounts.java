package io.picklift.app.job;

import io.picklift.app.account.LedgerComparison;
import io.picklift.app.account.LedgerState;
import io.picklift.app.range.LedgerSums;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.target.LedgerEntry;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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

  /** All counts as text, for another process to {@link #add(String, SaveSource) add}. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (LongAdder count : all()) {
      text.append(count.sum()).append(' ');
    }
    for (SaveKey key : examples) {
      byte[] bytes = key.text().getBytes(StandardCharsets.UTF_8);
      text.append(HexFormat.of().formatHex(bytes)).append(' ');
    }
    return text.toString().strip();
  }

  /**
   * Adds what another process counted.
   *
   * @param text as {@link #text} wrote it
   */
  void add(String text, SaveSource source) {
    String[] parts = text.split(" ", -1);
    List<LongAdder> all = all();
    if (parts.length < all.size()) {
      throw new IllegalArgumentException("the counts of a range are none");
    }
    for (int i = 0; i < all.size(); i++) {
      all.get(i).add(Long.parseLong(parts[i]));
    }
    for (int i = all.size(); i < parts.length && examples.size() < MOST_NAMED; i++) {
      byte[] bytes = HexFormat.of().parseHex(parts[i]);
      SaveKey key = SaveKey.of(new String(bytes, StandardCharsets.UTF_8), source);
      if (key != null) {
        examples.add(key);
      }
    }
  }

  private List<LongAdder> all() {
    return List.of(
        added,
        replaced,
        unchanged,
        quarantined,
        changed,
        left,
        writtenInSource,
        known,
        returned,
        backInScope);
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
