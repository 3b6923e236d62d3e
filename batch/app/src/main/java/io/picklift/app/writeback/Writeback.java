package io.picklift.app.writeback;

import io.picklift.app.changes.ChangedSaves;
import io.picklift.app.config.CountOrShare;
import io.picklift.app.config.SourceConfig;
import io.picklift.app.database.Retry;
import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.decode.RefusedException;
import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.lock.Fence;
import io.picklift.app.lock.FencedTransaction;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.source.CarriedColumns;
import io.picklift.app.source.LockedRows;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SourceRow;
import io.picklift.app.view.SafeText;
import io.picklift.codec.error.LimitException;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Brings saves that the tables own back into the source, one by one: the save is made again from
 * its rows, the hash of its BLOB is entered in the ledger, one transaction of the source compares
 * the row with what was last seen of it and writes it, and the ledger takes the BLOB for the one on
 * which both agree. Killed at any moment, the hash tells the next run what became of the save. For
 * one thread.
 */
public final class Writeback {
  private static final int MOST_SHOWN = 20;
  private static final String OUT_OF_SCOPE =
      "once written, its row would no longer meet source.where";
  private static final String GONE = "the source no longer has its row";

  private final DataSource target;
  private final Fence lock;
  private final LockedRows source;
  private final int keyColumns;
  private final WritingLedger ledger;
  private final SaveRebuilder rebuilder;
  private final SavesToWrite saves;
  private final ChangedSaves changed;
  private final SourceCopies copies;
  private final Map<String, String> insert;
  private final RemovedSaves removals;
  private final Removal removal;

  private final List<String> reasons = new ArrayList<>();
  private long written;
  private long unchanged;
  private long left;
  private long unplaced;
  private long inserted;
  private long deleted;
  private long writtenBytes;
  private RemovedSaves.Found removed = new RemovedSaves.Found(Set.of(), 0, 0);

  /**
   * What it works with.
   *
   * @param lock held as long as anything is written
   * @param name what the ledger calls the source
   * @param isBaseKept whether the target keeps each BLOB to merge by
   */
  public record Parts(
      DataSource target,
      Fence lock,
      LockedRows source,
      String name,
      SourceConfig config,
      SaveRebuilder rebuilder,
      BlobDecoder decoder,
      @Nullable DjangoSigner signer,
      Mapping mapping,
      CountOrShare maxDeleted,
      boolean isBaseKept,
      ChangedSaves changed) {}

  /** What a run asks and tells as it goes from save to save. */
  public interface Steps {
    /** Called before each save; throws where the run is to stop. */
    void pass();

    /**
     * A save was looked at.
     *
     * @param bytes of its BLOB, where it was written; 0 where it was not
     */
    void looked(long bytes);
  }

  private static final Steps AT_ONCE =
      new Steps() {
        @Override
        public void pass() {
          // Nothing waits for what was begun.
        }

        @Override
        public void looked(long bytes) {
          // It was counted when it was begun.
        }
      };

  /**
   * @param isJsonCleared whether a JSON copy beside a BLOB that is written becomes NULL
   */
  public Writeback(Parts parts, boolean isJsonCleared) {
    target = parts.target();
    lock = parts.lock();
    source = parts.source();
    keyColumns = parts.config().key().size();
    ledger = new WritingLedger(parts.name(), parts.isBaseKept());
    rebuilder = parts.rebuilder();
    saves = new SavesToWrite(target, rebuilder, parts.decoder(), parts.signer());
    changed = parts.changed();
    copies = new SourceCopies(parts.config(), isJsonCleared);
    insert = parts.config().insert();
    removals = new RemovedSaves(parts.name(), parts.mapping(), parts.maxDeleted());
    removal = new Removal(target, lock, source, keyColumns, removals);
  }

  /** Whether a process ended while it was writing a save. */
  public static boolean isUnsettled(Connection connection) throws SQLException {
    String sql =
        "SELECT 1 FROM picklift_save WHERE owner = 'tables' AND writing_sha256 IS NOT NULL LIMIT 1";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next();
    }
  }

  /**
   * Settles what an earlier process was about to write when it ended: nothing else is to look at
   * these saves before.
   */
  public void settle() throws SQLException {
    each("writing_sha256 IS NOT NULL", AT_ONCE, this::settled);
  }

  /** The same of one save. */
  private void settle(long saveId) throws SQLException {
    each("writing_sha256 IS NOT NULL AND save_id = " + saveId, AT_ONCE, this::settled);
  }

  /**
   * Writes all saves that changed, those that say something else than their row.
   *
   * @param told is told which changes are not found, where some are not
   */
  public WritebackResult run(Consumer<String> told, Steps steps) throws SQLException {
    String missed = changed.begin();
    if (missed != null) {
      told.accept(missed);
    }
    WritebackResult result = run(changed.condition(), steps);
    changed.end();
    return result;
  }

  /**
   * Writes the chosen saves, those that say something else than their row.
   *
   * @param condition over {@code picklift_save}
   */
  public WritebackResult run(String condition, Steps steps) throws SQLException {
    settle();
    takeBack(condition);
    removed = Retry.connected(target, connection -> removals.find(connection, condition));
    each("(" + condition + ") AND writing_sha256 IS NULL", steps, this::write);
    return new WritebackResult(written, inserted, deleted, unchanged, left, unplaced, reasons);
  }

  /** Saves whose rows came back after they were deleted in the source are the tables' own again. */
  private void takeBack(String condition) throws SQLException {
    for (RemovedSaves.Returned save :
        Retry.connected(target, connection -> removals.returned(connection, condition))) {
      if (!save.canReturn()) {
        leave(
            save.saveId(),
            save.key(),
            "the tables have rows of save_id "
                + save.saveId()
                + ", which was deleted, and nothing is left to rebuild it from: insert them under a"
                + " new save_id, or delete them");
      } else {
        boolean unused = removal.takeBack(save.saveId());
      }
    }
  }

  private interface Work {
    void run(WritingLedger.Entry entry) throws SQLException;
  }

  private void each(String condition, Steps steps, Work work) throws SQLException {
    long after = 0;
    while (true) {
      long from = after;
      List<WritingLedger.Entry> page =
          Retry.retrying(
              () -> {
                try (Connection connection = target.getConnection()) {
                  return ledger.page(connection, condition, from);
                }
              });
      if (page.isEmpty()) {
        return;
      }
      for (WritingLedger.Entry entry : page) {
        steps.pass();
        long before = writtenBytes;
        work.run(entry);
        steps.looked(writtenBytes - before);
        after = entry.saveId();
      }
    }
  }

  private void write(WritingLedger.Entry entry) throws SQLException {
    if (removed.ids().contains(entry.saveId()) && isRemoval(entry)) {
      remove(entry);
      return;
    }
    store(entry);
  }

  /** The same of a save that came back since. */
  private void store(long saveId) throws SQLException {
    List<WritingLedger.Entry> page =
        Retry.connected(
            target, connection -> ledger.page(connection, "save_id = " + saveId, saveId - 1));
    for (WritingLedger.Entry entry : page) {
      store(entry);
    }
  }

  private void store(WritingLedger.Entry entry) throws SQLException {
    SavesToWrite.Save save;
    try {
      save = saves.of(entry, changed);
    } catch (NotWritableException e) {
      leave(entry.saveId(), entry.key(), String.valueOf(e.getMessage()));
      return;
    }
    String rows = save.unplaced();
    if (rows != null) {
      unplaced++;
      tell(entry.key(), rows);
    }
    // One entry of a save with such rows stays: the next run is to say so again.
    List<Long> entries = save.entries();
    List<Long> done =
        rows == null || entries.isEmpty() ? entries : entries.subList(0, entries.size() - 1);
    Restored restored = save.restored();
    if (restored == null) {
      unchanged++;
      changed.settled(done);
    } else {
      enter(connection -> WritingLedger.writing(connection, entry.saveId(), restored.sha256()));
      Retry.retrying(() -> write(entry, restored, done));
    }
    if (rows != null && entries.isEmpty()) {
      changed.left(entry.saveId());
    }
  }

  /** Writes the source's row in one transaction, and then the ledger. May be done again. */
  private boolean write(WritingLedger.Entry entry, Restored save, List<Long> entries)
      throws SQLException {
    String[] problem = {null};
    SourceRow[] after = {null};
    boolean isThere =
        source.with(
            SaveKey.parse(entry.key(), keyColumns),
            row -> {
              SourceRow before = row.get();
              if (save.sha256().equals(before.blobSha256())) {
                // Its commit was not heard of.
                after[0] = before;
                return false;
              }
              problem[0] = SourceConflict.of(entry, row);
              if (problem[0] == null) {
                problem[0] = copies.problem(save.meaning(), before);
              }
              if (problem[0] != null) {
                return false;
              }
              problem[0] = refusal(save, row, before);
              after[0] = row.get();
              return problem[0] == null;
            });
    boolean isNew = !isThere && entry.blobSha256() == null;
    if (isNew) {
      problem[0] = insert(entry, save, after);
    }
    if ((isThere || isNew) && problem[0] == null) {
      SourceRow now = Objects.requireNonNull(after[0]);
      enter(
          connection -> {
            ledger.written(connection, entry, save, now);
            changed.settled(connection, entries);
          });
      written += isNew ? 0 : 1;
      inserted += isNew ? 1 : 0;
      writtenBytes += save.blob().length;
      return true;
    }
    enter(connection -> WritingLedger.writing(connection, entry.saveId(), null));
    leave(entry.saveId(), entry.key(), isThere || isNew ? String.valueOf(problem[0]) : GONE);
    return false;
  }

  /** Adds a row to the source; why it does not take it, null where it does. */
  private @Nullable String insert(WritingLedger.Entry entry, Restored save, SourceRow[] after)
      throws SQLException {
    SaveKey key = SaveKey.parse(entry.key(), keyColumns);
    SourceRow none =
        new SourceRow(key, null, null, Map.of(), null, new CarriedColumns(Map.of(), null), null);
    String problem = copies.problem(save.meaning(), none);
    if (problem != null) {
      return problem;
    }
    Map<String, @Nullable String> others = new LinkedHashMap<>(insert);
    others.putAll(copies.changed(save.meaning(), none));
    String[] unlike = {null};
    try {
      boolean isInScope =
          source.insert(
              key,
              save.blob(),
              others,
              row -> {
                after[0] = row.get();
                unlike[0] = unlike(save, row.get());
                return unlike[0] == null;
              });
      return isInScope ? unlike[0] : OUT_OF_SCOPE;
    } catch (SQLException e) {
      return SourceConflict.refused(e);
    }
  }

  /**
   * Where no table shows the save itself, the last row of a part of it may go and the save stay.
   */
  private boolean isRemoval(WritingLedger.Entry entry) throws SQLException {
    return entry.isBorn()
        || Retry.connected(target, connection -> rebuilder.hasRootRow(connection, entry.saveId()));
  }

  /** Deletes the source's row of a save that the tables have no row of any more. */
  private void remove(WritingLedger.Entry entry) throws SQLException {
    if (removed.areTooMany() && entry.blobSha256() != null) {
      leave(
          entry.saveId(),
          entry.key(),
          "it has no rows left; of "
              + removed.inSource()
              + " such saves run.max_deleted allows one run to delete "
              + removed.bound()
              + " in the source, so none is deleted");
      return;
    }
    // Before it is looked whether a row is there: what is written later has entries of its own.
    List<Long> entries =
        Retry.connected(target, connection -> changed.entries(connection, entry.saveId()));
    String problem = removal.run(entry);
    if (problem != null) {
      settle(entry.saveId());
      leave(entry.saveId(), entry.key(), problem);
      return;
    }
    deleted++;
    changed.settled(entries);
    if (removal.takeBack(entry.saveId())) {
      store(entry.saveId());
    }
  }

  /** Writes the row; why the source does not take it as it is, null where it does. */
  private @Nullable String refusal(Restored save, LockedRows.Row row, SourceRow before)
      throws SQLException {
    try {
      if (!row.write(save.blob(), copies.changed(save.meaning(), before))) {
        return OUT_OF_SCOPE;
      }
    } catch (SQLException e) {
      return SourceConflict.refused(e);
    }
    return unlike(save, row.get());
  }

  /** What the source's row does not hold as it was written; null where it does. */
  private @Nullable String unlike(Restored save, SourceRow row) {
    if (!save.sha256().equals(row.blobSha256())) {
      return "the source's column does not hold the BLOB: it cuts or converts it";
    }
    String column = copies.unheld(save.meaning(), row);
    return column == null ? null : "the source's column " + column + " does not hold its value";
  }

  private void settled(WritingLedger.Entry entry) throws SQLException {
    boolean isToGo = WritingLedger.NOTHING.equals(entry.writingSha256());
    Map<String, SourceRow> now = new HashMap<>();
    boolean isThere =
        Retry.retrying(
            () ->
                source.with(
                    SaveKey.parse(entry.key(), keyColumns),
                    row -> {
                      now.put(entry.key(), row.get());
                      return false;
                    }));
    if (isToGo && !isThere) {
      enter(connection -> WritingLedger.absent(connection, entry.saveId()));
      return;
    }
    SourceRow row = now.get(entry.key());
    boolean isOurs =
        isThere && row != null && Objects.equals(entry.writingSha256(), row.blobSha256());
    byte[] blob = isOurs && row != null ? row.blob() : null;
    if (blob == null || row == null) {
      // It was not written, or someone wrote over it: the next comparison tells.
      enter(connection -> WritingLedger.writing(connection, entry.saveId(), null));
      return;
    }
    try {
      Restored save = saves.read(blob);
      enter(connection -> ledger.written(connection, entry, save, row));
    } catch (RefusedException | LimitException e) {
      throw new ConfigurationException(
          SafeText.line(entry.key())
              + ": its BLOB was written by writeback and cannot be read now: "
              + e.getMessage());
    }
  }

  private void enter(FencedTransaction.Work work) throws SQLException {
    FencedTransaction.run(lock, target, work);
  }

  private void leave(long saveId, String key, String reason) throws SQLException {
    changed.left(saveId);
    left++;
    tell(key, reason);
  }

  private void tell(String key, String reason) {
    if (reasons.size() < MOST_SHOWN) {
      reasons.add(SafeText.line(key) + ": " + SafeText.line(reason));
    }
  }
}
