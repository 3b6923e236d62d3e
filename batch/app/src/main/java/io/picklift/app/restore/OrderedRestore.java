package io.picklift.app.restore;

import io.picklift.app.database.Retry;
import io.picklift.app.database.Snapshot;
import io.picklift.app.restore.LedgerSave.Part;
import io.picklift.app.source.SaveKey;
import io.picklift.app.target.StoredSaves;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Restores saves one after the other, in the order of the ledger or in that in which they are asked
 * for.
 */
final class OrderedRestore {
  private final DataSource target;
  private final String source;
  private final SaveRestorer restorer;
  private final RestoredSaves.Sink sink;
  private final RestoreTally tally;
  private RestoreProgress progress;

  /**
   * @param before what an earlier restore that was killed had done
   */
  OrderedRestore(
      DataSource target,
      String source,
      SaveRestorer restorer,
      RestoredSaves.Sink sink,
      RestoreTally tally,
      RestoreProgress before) {
    this.target = target;
    this.source = source;
    this.restorer = restorer;
    this.sink = sink;
    this.tally = tally;
    progress = before;
  }

  void all() throws SQLException {
    boolean isMore;
    do {
      isMore = sink.isRepeatable() ? Retry.retrying(this::part) : part();
    } while (isMore);
  }

  /** The next saves as they are at one moment: none is read while it is half written. */
  private boolean part() throws SQLException {
    return Snapshot.read(
        target,
        connection -> {
          Part part = LedgerSave.next(connection, source, progress.lastSaveId());
          if (part == null) {
            return false;
          }
          restore(connection, LedgerSave.of(connection, source, part));
          return true;
        });
  }

  /** Files that cannot be written are not the database's failure. */
  private void restore(Connection connection, List<LedgerSave> saves) throws SQLException {
    StoredSaves stored = restorer.stored(connection, saves);
    for (LedgerSave save : saves) {
      try {
        SaveKey written = restorer.restore(connection, stored, save, tally);
        progress = progress.next(save.saveId(), written, tally.summary());
        sink.done(progress);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * One save.
   *
   * @param key as text
   * @param keyColumns how many columns the source's key has
   */
  void one(String key, int keyColumns) throws SQLException {
    SaveKey parsed;
    try {
      parsed = SaveKey.parse(key, keyColumns);
    } catch (IllegalArgumentException e) {
      tally.fail(
          key,
          "is no key of "
              + keyColumns
              + " columns, which is written as a JSON list like [\"7\", \"2\"]");
      return;
    }
    int unused = Snapshot.read(target, connection -> one(connection, parsed));
  }

  private int one(Connection connection, SaveKey key) throws SQLException {
    List<LedgerSave> found = LedgerSave.of(connection, source, key);
    if (found.isEmpty()) {
      tally.fail(key.text(), "the target has no such save");
    }
    restore(connection, found);
    return found.size();
  }
}
