package io.picklift.app.writeback;

import io.picklift.app.changes.ChangedSaves;
import io.picklift.app.database.Retry;
import io.picklift.app.lock.FencedTransaction;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SourceRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private record Edited(WritingLedger.Entry entry, Restored save, List<Long> changes) {}

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
   * @return those to be done by themselves: of them nothing was written
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
      if (save == null) {
        rest.add(entry);
      } else if (restored == null) {
        tally.unchanged();
        settled.addAll(save.entries());
      } else {
        edited.add(new Edited(entry, restored, save.entries()));
      }
    }
    changed.settled(settled);
    if (!edited.isEmpty()) {
      rest.addAll(store(edited, tally));
    }
    return rest;
  }

  private List<WritingLedger.Entry> store(List<Edited> edited, Tally tally) throws SQLException {
    Map<Long, @Nullable String> hashes = new HashMap<>();
    edited.forEach(save -> hashes.put(save.entry().saveId(), save.save().sha256()));
    enter(connection -> WritingLedger.writing(connection, hashes));
    @Nullable SourceRow[] now = Retry.retrying(() -> inSource(edited));
    List<WritingLedger.Written> written = new ArrayList<>();
    List<Long> settled = new ArrayList<>();
    List<WritingLedger.Entry> rest = new ArrayList<>();
    Map<Long, @Nullable String> none = new HashMap<>();
    for (int i = 0; i < now.length; i++) {
      Edited save = edited.get(i);
      SourceRow row = now[i];
      if (row == null) {
        rest.add(save.entry());
        none.put(save.entry().saveId(), null);
      } else {
        written.add(new WritingLedger.Written(save.entry(), save.save(), row));
        settled.addAll(save.changes());
      }
    }
    enter(
        connection -> {
          ledger.written(connection, written);
          changed.settled(connection, settled);
          WritingLedger.writing(connection, none);
        });
    written.forEach(save -> tally.written(false, save.save().blob().length));
    return rest;
  }

  /** The rows that have their BLOB now, in the order of the saves; null for the others. */
  private @Nullable SourceRow[] inSource(List<Edited> edited) throws SQLException {
    int columns = parts.config().key().size();
    List<SaveKey> keys =
        edited.stream().map(save -> SaveKey.parse(save.entry().key(), columns)).toList();
    @Nullable SourceRow[] now = new SourceRow[keys.size()];
    boolean isCommitted =
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
    if (!isCommitted) {
      Arrays.fill(now, null);
    }
    return now;
  }

  private void enter(FencedTransaction.Work work) throws SQLException {
    FencedTransaction.run(parts.lock(), parts.target(), work);
  }
}
