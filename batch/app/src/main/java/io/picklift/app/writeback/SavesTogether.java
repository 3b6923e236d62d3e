package io.picklift.app.writeback;

import io.picklift.app.changes.ChangedSaves;
import io.picklift.app.database.Retry;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.lock.FencedTransaction;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SourceRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings several small saves back into the source at a time: read in one snapshot, their hashes
 * entered in one transaction, their rows written in one, which costs less than the statements of
 * each. A save with which something is not as usual is left out, to be done by itself. For one
 * thread.
 */
final class SavesTogether {
  private final Writeback.Parts parts;
  private final WritingLedger ledger;
  private final SavesToWrite saves;
  private final ChangedSaves changed;
  private final RowWrite rows;

  private record Edited(
      WritingLedger.Entry entry, Restored save, @Nullable StandAlone alone, List<Long> changes) {}

  SavesTogether(Writeback.Parts parts, WritingLedger ledger, SavesToWrite saves, RowWrite rows) {
    this.parts = parts;
    this.ledger = ledger;
    this.saves = saves;
    changed = parts.changed();
    this.rows = rows;
  }

  /**
   * Writes those that say something else than their row.
   *
   * @return those to be done by themselves, once it is settled what was begun with them
   */
  List<WritingLedger.Entry> write(List<WritingLedger.Entry> entries, Tally tally)
      throws SQLException {
    Map<Long, SavesToWrite.Save> made = saves.of(entries, changed);
    List<WritingLedger.Entry> rest = new ArrayList<>();
    List<Edited> edited = new ArrayList<>();
    List<Long> settled = new ArrayList<>();
    for (WritingLedger.Entry entry : entries) {
      SavesToWrite.Save save = made.get(entry.saveId());
      Restored restored = save == null ? null : save.restored();
      if (save == null || (restored == null && !save.isSettled())) {
        rest.add(entry);
      } else if (restored == null) {
        tally.unchanged();
        settled.addAll(save.entries());
      } else {
        edited.add(new Edited(entry, restored, save.alone(), save.entries()));
      }
    }
    changed.settled(settled);
    if (!edited.isEmpty()) {
      rest.addAll(store(edited, tally));
    }
    return rest;
  }

  private List<WritingLedger.Entry> store(List<Edited> edited, Tally tally) throws SQLException {
    Map<Long, Edited> rest = new LinkedHashMap<>();
    edited.forEach(save -> rest.put(save.entry().saveId(), save));
    List<Edited> noted = note(edited);
    @Nullable SourceRow[] now = Retry.retrying(() -> inSource(noted));
    List<WritingLedger.Written> written = new ArrayList<>();
    for (int i = 0; i < now.length; i++) {
      SourceRow row = now[i];
      if (row != null) {
        Edited save = noted.get(i);
        written.add(new WritingLedger.Written(save.entry(), save.save(), save.alone(), row));
      }
    }
    for (long saveId : agree(written, rest)) {
      tally.written(false, Objects.requireNonNull(rest.remove(saveId)).save().blob().length);
    }
    return rest.values().stream().map(Edited::entry).toList();
  }

  /** Enters the hashes of those whose ledger row nobody has, and gives them back. */
  private List<Edited> note(List<Edited> edited) throws SQLException {
    List<Long> ids = edited.stream().map(save -> save.entry().saveId()).toList();
    Set<Long> free = new HashSet<>();
    enter(
        connection -> {
          free.clear();
          free.addAll(WritingLedger.lockFree(connection, ids));
          Map<Long, @Nullable String> hashes = new LinkedHashMap<>();
          for (Edited save : edited) {
            if (free.contains(save.entry().saveId())) {
              hashes.put(save.entry().saveId(), save.save().sha256());
            }
          }
          WritingLedger.writing(connection, hashes);
        });
    return edited.stream().filter(save -> free.contains(save.entry().saveId())).toList();
  }

  /**
   * Enters the BLOBs as those on which both sides agree, but for saves whose ledger row another one
   * has now; the ids of the others.
   */
  private Set<Long> agree(List<WritingLedger.Written> written, Map<Long, Edited> saves)
      throws SQLException {
    List<Long> ids = written.stream().map(save -> save.entry().saveId()).toList();
    Set<Long> free = new HashSet<>();
    if (!ids.isEmpty()) {
      enter(
          connection -> {
            free.clear();
            free.addAll(WritingLedger.lockFree(connection, ids));
            ledger.written(
                connection,
                written.stream().filter(save -> free.contains(save.entry().saveId())).toList());
            List<Long> settled = new ArrayList<>();
            for (long saveId : free) {
              settled.addAll(Objects.requireNonNull(saves.get(saveId)).changes());
            }
            changed.settled(connection, settled);
          });
    }
    return free;
  }

  /** The rows that have their BLOB now, in the order of the saves; null for the others. */
  private @Nullable SourceRow[] inSource(List<Edited> edited) throws SQLException {
    int columns = parts.config().key().size();
    List<SaveKey> keys =
        edited.stream().map(save -> SaveKey.parse(save.entry().key(), columns)).toList();
    @Nullable SourceRow[] now = new SourceRow[keys.size()];
    boolean isCommitted;
    try {
      isCommitted =
          parts
              .source()
              .together(
                  keys,
                  (i, row) -> {
                    if (row == null) {
                      return true;
                    }
                    Edited save = edited.get(i);
                    RowWrite.Result result = rows.run(save.entry(), save.save(), row);
                    now[i] = result.row();
                    return result.problem() == null || !result.isTouched();
                  });
    } catch (SQLException e) {
      if (!ServerErrors.isUndone(e)) {
        throw e;
      }
      // Alone, each waits for no more than it needs.
      isCommitted = false;
    }
    if (!isCommitted) {
      Arrays.fill(now, null);
    }
    return now;
  }

  private void enter(FencedTransaction.Work work) throws SQLException {
    FencedTransaction.run(parts.lock(), parts.target(), work);
  }
}
