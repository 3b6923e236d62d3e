package io.picklift.app.writeback;

import io.picklift.app.account.SideChoice;
import io.picklift.app.changes.ChangedSaves;
import io.picklift.app.database.Retry;
import io.picklift.app.decode.RefusedException;
import io.picklift.app.lock.Fence;
import io.picklift.app.lock.FencedTransaction;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.source.CarriedColumns;
import io.picklift.app.source.LockedRows;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SourceRow;
import io.picklift.app.view.SafeText;
import io.picklift.codec.error.LimitException;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Brings single saves back into the source: the save is made again from its rows, the hash of its
 * BLOB is entered in the ledger, one transaction of the source compares the row with what was last
 * seen of it and writes it, and the ledger takes the BLOB for the one on which both agree. Killed
 * at any moment, the hash tells the next run what became of the save. For one thread.
 */
final class SaveWriter {
  private final DataSource target;
  private final Fence lock;
  private final LockedRows source;
  private final int keyColumns;
  private final WritingLedger ledger;
  private final SaveRebuilder rebuilder;
  private final SavesToWrite saves;
  private final ChangedSaves changed;
  private final boolean areTablesTaken;
  private final SourceCopies copies;
  private final RowWrite rows;
  private final SavesTogether together;
  private final Map<String, String> insert;
  private final RemovedSaves removals;
  private final Removal removal;
  private final RemovedSaves.Found removed;
  private Tally tally = new Tally();

  /**
   * @param removed the saves that the tables have no row of any more
   */
  SaveWriter(
      Writeback.Parts parts,
      WritebackOptions options,
      RemovedSaves removals,
      RemovedSaves.Found removed) {
    target = parts.target();
    lock = parts.lock();
    source = parts.source();
    keyColumns = parts.config().key().size();
    ledger = new WritingLedger(parts.name(), parts.isBaseKept());
    rebuilder = parts.rebuilder().get();
    saves = new SavesToWrite(target, rebuilder, parts.decoder().get(), parts.signer());
    changed = parts.changed();
    copies = new SourceCopies(parts.config(), options.isJsonCleared());
    areTablesTaken = options.areTablesTaken();
    SourceConflict conflicts = new SourceConflict(parts.config(), areTablesTaken);
    rows = new RowWrite(copies, conflicts);
    together = new SavesTogether(parts, ledger, saves, rows);
    insert = parts.config().insert();
    this.removals = removals;
    removal = new Removal(parts, removals, conflicts);
    this.removed = removed;
  }

  /** Looks at saves, and writes or deletes those that say something else than their row. */
  Tally write(List<WritingLedger.Entry> entries) throws SQLException {
    tally = new Tally();
    List<WritingLedger.Entry> alone = new ArrayList<>();
    List<WritingLedger.Entry> usual = new ArrayList<>();
    for (WritingLedger.Entry entry : entries) {
      (areTablesTaken || removed.isAlone(entry) ? alone : usual).add(entry);
    }
    if (usual.size() == 1) {
      alone.addAll(usual);
    } else if (!usual.isEmpty()) {
      for (WritingLedger.Entry rest : together.write(usual, tally)) {
        long bytes = settled(rest.saveId());
        if (bytes > 0) {
          tally.written(false, bytes);
        } else {
          alone.addAll(entries("TRUE", rest.saveId()));
        }
      }
    }
    for (WritingLedger.Entry entry : alone) {
      write(entry);
    }
    return tally;
  }

  /** Saves whose rows came back after they were deleted in the source are the tables' own again. */
  Tally takeBack(String condition) throws SQLException {
    tally = new Tally();
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
    return tally;
  }

  private void write(WritingLedger.Entry entry) throws SQLException {
    if (removed.ids().contains(entry.saveId()) && isRemoval(entry)) {
      remove(entry);
      return;
    }
    store(entry);
  }

  /** Settles what was begun with a save; the length of its BLOB where that is in the source. */
  private long settled(long saveId) throws SQLException {
    long bytes = 0;
    for (WritingLedger.Entry noted : entries(WritingLedger.UNSETTLED, saveId)) {
      bytes += settle(noted);
    }
    return bytes;
  }

  private List<WritingLedger.Entry> entries(String condition, long saveId) throws SQLException {
    return Retry.connected(
        target,
        connection ->
            ledger.page(connection, "save_id = " + saveId + " AND " + condition, saveId - 1));
  }

  private void store(WritingLedger.Entry entry) throws SQLException {
    SavesToWrite.Save save;
    try {
      save = saves.of(entry, changed, areTablesTaken);
    } catch (NotWritableException e) {
      leave(entry.saveId(), entry.key(), String.valueOf(e.getMessage()));
      return;
    }
    String rows = save.unplaced();
    if (rows != null) {
      tally.unplaced(entry.key(), rows);
    }
    // One entry of a save with such rows stays: the next run is to say so again.
    List<Long> entries = save.entries();
    List<Long> done =
        rows == null || entries.isEmpty() ? entries : entries.subList(0, entries.size() - 1);
    Restored restored = save.restored();
    if (restored == null) {
      keep(entry, save);
      tally.unchanged();
      changed.settled(done);
    } else {
      enter(connection -> WritingLedger.writing(connection, entry.saveId(), restored.sha256()));
      Retry.retrying(() -> write(entry, restored, save.alone(), done));
    }
    if (rows != null && entries.isEmpty()) {
      changed.left(entry.saveId());
    }
  }

  /** The source has it, and it is not to depend on what others are like any more. */
  private void keep(WritingLedger.Entry entry, SavesToWrite.Save save) throws SQLException {
    StandAlone alone = save.alone();
    if (alone != null) {
      enter(connection -> WrittenArchive.put(connection, entry.saveId(), alone));
    }
  }

  /** Writes the source's row in one transaction, and then the ledger. May be done again. */
  private boolean write(
      WritingLedger.Entry entry, Restored save, @Nullable StandAlone alone, List<Long> entries)
      throws SQLException {
    String[] problem = {null};
    SourceRow[] after = {null};
    boolean isThere =
        source.with(
            SaveKey.parse(entry.key(), keyColumns),
            row -> {
              RowWrite.Result result = rows.run(entry, save, row);
              after[0] = result.row();
              problem[0] = result.problem();
              return result.isTouched() && result.problem() == null;
            });
    boolean isNew = !isThere && (areTablesTaken || entry.blobSha256() == null);
    if (isNew) {
      problem[0] = insert(entry, save, after);
    }
    if ((isThere || isNew) && problem[0] == null) {
      SourceRow now = Objects.requireNonNull(after[0]);
      enter(
          connection -> {
            ledger.written(connection, List.of(new WritingLedger.Written(entry, save, alone, now)));
            changed.settled(connection, entries);
          });
      tally.written(isNew, save.blob().length);
      return true;
    }
    enter(connection -> WritingLedger.writing(connection, entry.saveId(), null));
    leave(
        entry.saveId(),
        entry.key(),
        isThere || isNew ? String.valueOf(problem[0]) : SideChoice.GONE);
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
                unlike[0] = rows.unlike(save, row.get());
                return unlike[0] == null;
              });
      return isInScope ? unlike[0] : RowWrite.OUT_OF_SCOPE;
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
      long unused = settled(entry.saveId());
      leave(entry.saveId(), entry.key(), problem);
      return;
    }
    tally.deleted();
    changed.settled(entries);
    if (removal.takeBack(entry.saveId())) {
      // It came back since.
      for (WritingLedger.Entry again : entries("TRUE", entry.saveId())) {
        store(again);
      }
    }
  }

  /**
   * Settles what was about to be written when a process or an attempt ended.
   *
   * @return the length of the BLOB that was to be written, where the source has it; else 0
   */
  long settle(WritingLedger.Entry entry) throws SQLException {
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
      return 0;
    }
    SourceRow row = now.get(entry.key());
    boolean isOurs =
        isThere && row != null && Objects.equals(entry.writingSha256(), row.blobSha256());
    byte[] blob = isOurs && row != null ? row.blob() : null;
    if (blob == null || row == null) {
      // It was not written, or someone wrote over it: the next comparison tells.
      enter(connection -> WritingLedger.writing(connection, entry.saveId(), null));
      return 0;
    }
    try {
      Restored save = saves.read(blob);
      enter(
          connection ->
              ledger.written(
                  connection, List.of(new WritingLedger.Written(entry, save, null, row))));
      for (WritingLedger.Entry settled : entries("TRUE", entry.saveId())) {
        keep(settled);
      }
      return save.blob().length;
    } catch (RefusedException | LimitException e) {
      throw new ConfigurationException(
          SafeText.line(entry.key())
              + ": its BLOB was written by writeback and cannot be read now: "
              + e.getMessage());
    }
  }

  private void keep(WritingLedger.Entry settled) throws SQLException {
    try {
      SavesToWrite.Save save = saves.of(settled, changed, false);
      if (save.restored() == null) {
        keep(settled, save);
      }
    } catch (NotWritableException e) {
      // Its rows were edited since: the write-back that comes to it tells why it cannot be written.
      return;
    }
  }

  private void enter(FencedTransaction.Work work) throws SQLException {
    FencedTransaction.run(lock, target, work);
  }

  private void leave(long saveId, String key, String reason) throws SQLException {
    changed.left(saveId);
    tally.left(key, reason);
  }
}
