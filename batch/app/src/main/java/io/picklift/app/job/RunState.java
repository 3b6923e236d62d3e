package io.picklift.app.job;

import io.picklift.app.account.CompanionCounts;
import io.picklift.app.account.LedgerTotals;
import io.picklift.app.database.Retry;
import io.picklift.app.range.KeyRange;
import io.picklift.app.range.LedgerSums;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.Watermark;
import io.picklift.app.throttle.Politeness;
import io.picklift.app.workers.lease.HeldLease;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** What the steps of one run share. Safe for several threads. */
final class RunState {
  /** So many saves tell what is misspelt. */
  private static final int FIRST_LOOK = 100;

  private final AtomicBoolean isLookedAt = new AtomicBoolean();
  private final JobMode mode;
  private final String began;
  private final @Nullable String before;
  private final @Nullable String newest;
  private final Politeness polite;
  private final OutcomeCounts scan = new OutcomeCounts();
  private final OutcomeCounts closing = new OutcomeCounts();
  private final LongAdder written = new LongAdder();
  private final LongAdder quarantined = new LongAdder();
  private final LongAdder merged = new LongAdder();
  private final AtomicLong heldBack = new AtomicLong();
  private final AtomicLong owned = new AtomicLong();
  private final Set<SaveKey> conflicts = ConcurrentHashMap.newKeySet();
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private volatile List<CompanionCounts> companions = List.of();
  private volatile long rows;
  private volatile boolean isStopped;
  private volatile @Nullable HeldLease lease;
  private volatile Map<String, ExecutionContext> ranges = Map.of();
  private volatile List<KeyRange> keys = List.of();
  private volatile LedgerSums sums = LedgerSums.NONE;

  /**
   * @param began when the run began, in the target's time
   * @param before the newest watermark when the last complete run began; null where rows are to be
   *     compared by their hashes
   * @param newest the newest watermark when this run began
   * @param polite says when the run is to wait
   */
  RunState(
      JobMode mode,
      String began,
      @Nullable String before,
      @Nullable String newest,
      Politeness polite) {
    this.polite = polite;
    this.mode = mode;
    this.began = began;
    this.before = before;
    this.newest = newest;
  }

  /** The least watermark that does not prove its row alone, whoever wrote its entry. */
  @Nullable String nearFrom(@Nullable Long overlap) {
    return Watermark.nearFrom(comparedUpTo(false), comparedUpTo(true), overlap);
  }

  /**
   * Up to which watermark an entry of the ledger is known to be of its row's last version with this
   * watermark; null where of none.
   */
  @Nullable String comparedUpTo(boolean isWrittenByThisRun) {
    return isWrittenByThisRun ? newest : before;
  }

  /** When the run began, in the target's time. */
  String began() {
    return began;
  }

  /** The newest watermark when the last complete run began; null for none. */
  @Nullable String before() {
    return before;
  }

  /** The newest watermark when this run began; null for none. */
  @Nullable String newest() {
    return newest;
  }

  /** What backfill's own scan met. */
  OutcomeCounts scan() {
    return scan;
  }

  /** What the closing pass met. */
  OutcomeCounts closing() {
    return closing;
  }

  /** Saves written into the target, and saves deleted from it. */
  LongAdder written() {
    return written;
  }

  /** Whether enough is written to see what is misspelt; true once. */
  boolean isFirstLook() {
    return written.sum() >= FIRST_LOOK && !isLookedAt.getAndSet(true);
  }

  /** Saves that were written with the changes of both sides. */
  LongAdder merged() {
    return merged;
  }

  /** Saves that this run put into quarantine. */
  LongAdder quarantined() {
    return quarantined;
  }

  /** Ledger rows whose row is gone, and that are not deleted. */
  AtomicLong heldBack() {
    return heldBack;
  }

  /** Saves that changed in the source after their rows were edited in the target. */
  Set<SaveKey> conflicts() {
    return conflicts;
  }

  /** Ledger rows without a row in the source, whose save the tables own. */
  AtomicLong owned() {
    return owned;
  }

  /** The ranges of keys that the run is cut into. */
  Map<String, ExecutionContext> ranges() {
    return ranges;
  }

  /** How many rows the ranges have about. */
  long rows() {
    return rows;
  }

  void cut(long all, Map<String, ExecutionContext> into, List<KeyRange> of) {
    rows = all;
    ranges = into;
    keys = List.copyOf(of);
  }

  /** What {@link #ranges} consist of; none where the source's keys are not cut further. */
  List<KeyRange> keys() {
    return keys;
  }

  /** What the ledger had of each of these when the pass that is under way began. */
  LedgerSums sums() {
    return sums;
  }

  void sums(LedgerSums now) {
    sums = now;
  }

  /** This is an attempt at a lease, of which a part may be asked for. */
  void of(HeldLease held) {
    lease = held;
  }

  /** The lease that this is an attempt at; null where nothing is shared out. */
  @Nullable HeldLease lease() {
    return lease;
  }

  /** The process was told to stop. */
  void stop() {
    isStopped = true;
  }

  /**
   * Called between batches and pages: waits as long as it is polite to.
   *
   * @throws StoppedException if the process was told to stop
   */
  void check() {
    stopIfTold();
    await();
  }

  /**
   * Called within a batch: waits as long as it is polite to, and else has it done to its end.
   *
   * @throws StoppedException if the process was told to stop while this waits
   */
  void await() {
    polite.pass(this::stopIfTold);
  }

  void stopIfTold() {
    if (isStopped) {
      throw new StoppedException();
    }
  }

  /** What became of the companions' rows. */
  void companions(List<CompanionCounts> counts) {
    companions = List.copyOf(counts);
  }

  List<CompanionCounts> companions() {
    return companions;
  }

  /** Says something that is to be looked at. */
  void note(String line) {
    notes.add(line);
  }

  List<String> notes() {
    return new ArrayList<>(notes);
  }

  /** Whether the run's own scan does not do for a closing pass, since something was written. */
  boolean isClosingNeeded() {
    return mode == JobMode.MIGRATE || written.sum() > 0 || !conflicts.isEmpty();
  }

  /** The last pass over the source. */
  OutcomeCounts last() {
    return isClosingNeeded() ? closing : scan;
  }

  /**
   * Whether the ledger has rows that the last pass over the source did not meet, or that it met and
   * the ledger holds to be out of scope.
   */
  boolean isSweepNeeded(JobEnvironment environment) throws SQLException {
    LedgerTotals totals =
        Retry.retrying(
            () -> {
              try (Connection connection = environment.target().getConnection()) {
                return LedgerTotals.read(connection, environment.source().name(), began);
              }
            });
    OutcomeCounts met = mode == JobMode.MIGRATE ? closing : scan;
    return met.known.sum() - met.returned.sum() != totals.live() || totals.outOfScope() > 0;
  }
}
