package io.picklift.app.job;

import io.picklift.app.account.LedgerComparison;
import io.picklift.app.account.LedgerReport;
import io.picklift.app.account.LedgerScope;
import io.picklift.app.account.LedgerState;
import io.picklift.app.account.LedgerStates;
import io.picklift.app.account.LedgerSweep;
import io.picklift.app.account.LedgerTotals;
import io.picklift.app.database.Retry;
import io.picklift.app.database.Transaction;
import io.picklift.app.source.KeyState;
import io.picklift.app.source.RowHashes;
import io.picklift.app.source.SaveBatch;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.SourceRow;
import io.picklift.app.source.TableSource;
import io.picklift.app.target.LedgerEntry;
import io.picklift.app.view.SafeText;
import io.picklift.app.view.SaveCount;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;

/**
 * Brings single saves up to date, named by their keys, with the steps of a backfill: read, compare
 * with the ledger, decode, write. For one thread, which holds the target.
 */
public final class KeyedSaves {
  private static final long MOST_BYTES = 8L << 20;
  private static final int MOST_ON_PAGE = 500;

  private final JobEnvironment environment;
  private final DecodeProcessor processor;
  private final WriteUnderWay underWay = new WriteUnderWay();
  private StoreWriter writer;
  private String began;
  private long live;

  KeyedSaves(JobEnvironment environment) throws SQLException {
    this.environment = environment;
    began = Retry.retrying(this::now);
    processor = environment.processor();
    writer = begun();
  }

  /**
   * What became of saves.
   *
   * @param written that were stored, in quarantine or not; those that are left as they are, since
   *     their rows were edited, count nowhere
   * @param unchanged that the target had as they are
   * @param gone ids of saves that the target has, by keys that have no row
   * @param unknown keys that neither the source nor the ledger has
   * @param again keys that are to be asked for once more: a row came since, or the process was told
   *     to stop before all of them were written
   */
  public record Outcome(
      int written,
      int unchanged,
      Map<SaveKey, Long> gone,
      List<SaveKey> unknown,
      List<SaveKey> again) {}

  /** Begins to count anew, as after a run over the whole source. */
  public void begin() throws SQLException {
    environment.inHand().begin();
    began = Retry.retrying(this::now);
    writer = begun();
  }

  /** A run over the whole source begins, or the process ends in order. */
  public void end() {
    environment.inHand().end(true);
  }

  private StoreWriter begun() throws SQLException {
    live = onTarget(c -> LedgerTotals.read(c, source().name(), began)).live();
    RunState run = new RunState(JobMode.BACKFILL, began, null, null, environment.polite());
    run.cut(live, Map.of(), List.of());
    environment.current().set(run);
    return environment.writer(underWay);
  }

  private String now() throws SQLException {
    try (Connection connection = environment.target().getConnection()) {
      return LedgerReport.now(connection);
    }
  }

  public SaveSource source() {
    return environment.source();
  }

  /** How many saves may be deleted until the source is compared with the target again. */
  public long mostDeleted() {
    // Rows that come back are deleted again: in time that is more than all that there are.
    return environment.maxDeleted().isAll() ? Long.MAX_VALUE : environment.maxDeleted().of(live);
  }

  /** Work on the target. */
  public interface TargetWork<T extends @Nullable Object> {
    T run(Connection connection) throws SQLException;
  }

  /** Does work on the target in a transaction of its own, again where the server undid it. */
  public <T extends @Nullable Object> T onTarget(TargetWork<T> work) throws SQLException {
    return Retry.retrying(
        () -> {
          environment.lock().hold();
          try (Connection connection = environment.target().getConnection()) {
            return Transaction.run(connection, work::run);
          }
        });
  }

  /** Whether another process asks for the target. */
  public boolean isAsked() throws SQLException {
    return Retry.retrying(() -> environment.targetLock().isAsked());
  }

  /**
   * Lets another process work on the target, and waits until it is done.
   *
   * @return false where the process was told to stop meanwhile: the target is not held any more
   */
  public boolean lend(BooleanSupplier isStopped) throws SQLException {
    end();
    if (!environment.targetLock().lend(isStopped)) {
      return false;
    }
    begin();
    return true;
  }

  /**
   * Writes rows, and waits until they are written.
   *
   * @throws StoppedException if the process was told to stop before or while they wait for the rate
   */
  private void write(SaveBatch batch) throws SQLException {
    try {
      writer.write(Chunk.of(processor.process(batch)));
    } finally {
      underWay.finish();
    }
  }

  /**
   * Waits as long as it is polite to.
   *
   * @return false where the process was told to stop
   */
  public boolean await() {
    try {
      environment.run().check();
      return true;
    } catch (StoppedException e) {
      return false;
    }
  }

  /**
   * Which of these rows no transaction is writing any more, so that a statement which begins now
   * sees what was written.
   */
  public Set<SaveKey> settled(List<SaveKey> keys) throws SQLException {
    return source() instanceof TableSource table
        ? Retry.retrying(() -> table.settled(keys))
        : Set.copyOf(keys);
  }

  /** Brings saves up to date; deletes none. */
  public Outcome store(List<SaveKey> keys) throws SQLException {
    Outcome all = new Outcome(0, 0, new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
    List<Long> sizes = Retry.retrying(() -> source().sizes(keys));
    int from = 0;
    while (from < keys.size()) {
      int to = from;
      long bytes = 0;
      while (to < keys.size() && (to == from || bytes + sizes.get(to) <= MOST_BYTES)) {
        bytes += sizes.get(to++);
      }
      all = batch(keys.subList(from, to), all);
      from = to;
    }
    return all;
  }

  private Outcome batch(List<SaveKey> keys, Outcome before) throws SQLException {
    boolean copies = environment.disagreements().isNeeded();
    List<SourceRow> rows = Retry.retrying(() -> source().read(keys, copies));
    Map<SaveKey, LedgerState> known = states(keys);
    List<SourceRow> changed = new ArrayList<>();
    int left = 0;
    List<SaveKey> back = new ArrayList<>();
    Set<SaveKey> missing = new LinkedHashSet<>(keys);
    for (SourceRow row : rows) {
      missing.remove(row.key());
      LedgerState state = known.get(row.key());
      boolean isChanged = state == null || !isCurrent(state, row);
      if (isChanged && state != null && state.isOwned()) {
        environment
            .progress()
            .say(
                SafeText.line(row.key().text())
                    + " was written in the source, but is not updated: the tables own it");
      } else if (isChanged) {
        changed.add(row);
      }
      if (state != null && state.isOutOfScope()) {
        back.add(row.key());
      }
    }
    if (!changed.isEmpty()) {
      SaveBatch batch = new SaveBatch(changed, List.of());
      try {
        write(batch);
      } catch (StoppedException e) {
        before.again().addAll(keys);
        return before;
      }
      for (SourceRow row : changed) {
        if (environment.run().conflicts().remove(row.key())) {
          left++;
          environment
              .progress()
              .say(
                  SafeText.line(row.key().text())
                      + " was changed in the source and edited in the target; it is not updated;"
                      + " --conflicts take-source replaces it with the source's");
        }
      }
    }
    LedgerScope.back(environment.target(), environment.lock(), List.copyOf(ids(back).values()));
    Outcome after =
        new Outcome(
            before.written() + changed.size() - left,
            before.unchanged() + rows.size() - changed.size(),
            before.gone(),
            before.unknown(),
            before.again());
    missing(missing, after);
    return after;
  }

  /** Whether the ledger's entry is of the row as it was read, its BLOB not hashed by a server. */
  private static boolean isCurrent(LedgerState state, SourceRow row) {
    RowHashes hashes = RowHashes.of(row);
    return state.isLive()
        && Objects.equals(state.blobSha256(), hashes.blob())
        && Objects.equals(state.watermark(), row.watermark())
        && (state.carriedSha256() == null
            || Objects.equals(state.carriedSha256(), hashes.carried()));
  }

  private Map<SaveKey, LedgerState> states(List<SaveKey> keys) throws SQLException {
    LedgerStates ledger = new LedgerStates(source().name(), began);
    return onTarget(c -> ledger.find(c, keys));
  }

  /** The ids of these saves that the target has. */
  public Map<SaveKey, Long> ids(Collection<SaveKey> keys) throws SQLException {
    Map<SaveKey, Long> ids = new LinkedHashMap<>();
    if (!keys.isEmpty()) {
      onTarget(c -> environment.ledger().find(c, keys))
          .forEach(
              (key, entry) -> {
                if (entry.status() != LedgerEntry.Status.DELETED && !entry.isOwned()) {
                  ids.put(key, entry.saveId());
                }
              });
    }
    return ids;
  }

  /** Keys without a row that was read: gone, out of scope, or come since. */
  private void missing(Set<SaveKey> missing, Outcome outcome) throws SQLException {
    if (missing.isEmpty()) {
      return;
    }
    Map<SaveKey, Boolean> present = Retry.retrying(() -> source().present(missing));
    List<SaveKey> asked = List.copyOf(missing);
    Map<SaveKey, Long> ids = ids(asked);
    Map<SaveKey, LedgerState> states = states(asked);
    List<Long> left = new ArrayList<>();
    for (SaveKey key : asked) {
      Boolean isInScope = present.get(key);
      Long id = ids.get(key);
      if (Boolean.TRUE.equals(isInScope)) {
        outcome.again().add(key);
      } else if (isInScope == null && id != null) {
        outcome.gone().put(key, id);
      } else if (isInScope == null && !states.containsKey(key)) {
        outcome.unknown().add(key);
      } else if (isInScope != null && id != null && !isOut(states.get(key))) {
        left.add(id);
      }
    }
    LedgerScope.left(environment.target(), environment.lock(), left);
  }

  private static boolean isOut(@Nullable LedgerState state) {
    return state != null && state.isOutOfScope();
  }

  /**
   * Enters that these saves are gone from the source, and deletes what there is of them.
   *
   * @return how many; those whose rows were edited in the target stay
   */
  public int delete(List<Long> saveIds) throws SQLException {
    List<Long> edited = environment.store().delete(saveIds);
    int deleted = saveIds.size() - edited.size();
    environment.run().written().add(deleted);
    if (!edited.isEmpty()) {
      environment
          .progress()
          .say(
              SaveCount.are(edited.size())
                  + " gone from the source, but edited in the target: kept; --conflicts"
                  + " take-source deletes them");
    }
    return deleted;
  }

  /** The next keys with their versions, as a backfill reads them; none at the end. */
  public List<KeyState> page(@Nullable SaveKey after) throws SQLException {
    int most = environment.polite().page(MOST_ON_PAGE);
    long start = System.nanoTime();
    List<KeyState> page = Retry.retrying(() -> source().page(after, null, most, true));
    boolean isHashed = !source().hasWatermark();
    environment.polite().pageTook(page.size(), MOST_ON_PAGE, isHashed, System.nanoTime() - start);
    return page;
  }

  /** Goes through the ledger for saves whose row is gone. */
  public LedgerSweep sweep() {
    return new LedgerSweep(source(), environment.target());
  }

  /** Which of the keys differ from what the ledger has; for a scan that writes nothing. */
  public List<SaveKey> differing(List<KeyState> page) throws SQLException {
    return environment.comparison().current(page).stream()
        .filter(LedgerComparison.Compared::isWanted)
        .map(row -> row.key())
        .toList();
  }

  /**
   * Copies the tables beside the saves, as the end of a backfill does.
   *
   * @return false where the process was told to stop before all were copied
   */
  public boolean copyCompanions() throws SQLException {
    RunState run = environment.run();
    try {
      environment
          .companions()
          .copy(
              environment.lock(),
              Retry.retrying(this::now),
              environment.maxDeleted(),
              run::check,
              environment.polite(),
              environment.progress()::say);
      return true;
    } catch (StoppedException e) {
      return false;
    }
  }
}
