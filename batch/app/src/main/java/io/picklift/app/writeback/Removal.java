package io.picklift.app.writeback;

import io.picklift.app.lock.Fence;
import io.picklift.app.lock.FencedTransaction;
import io.picklift.app.source.LockedRows;
import io.picklift.app.source.SaveKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Deletes saves in the source that the new application removed. An application may insert the rows
 * of such a save again at any moment: before the look at the tables, then the save stays; while the
 * row is deleted, then it waits for that; or later. Rows that come back make the save one that the
 * source does not have yet.
 */
final class Removal {
  private final DataSource target;
  private final Fence lock;
  private final LockedRows source;
  private final int keyColumns;
  private final RemovedSaves removals;
  private final SourceConflict conflicts;

  Removal(Writeback.Parts parts, RemovedSaves removals, SourceConflict conflicts) {
    target = parts.target();
    lock = parts.lock();
    source = parts.source();
    keyColumns = parts.config().key().size();
    this.removals = removals;
    this.conflicts = conflicts;
  }

  /**
   * Deletes the source's row and enters that, while nobody can insert a row of the save. Where it
   * does not, the note that the row was to be deleted stays: the source may have committed an
   * attempt that the target undid, and only a look at the source tells.
   *
   * @return why not; null where it is done
   */
  @Nullable String run(WritingLedger.Entry entry) throws SQLException {
    boolean isInSource = entry.blobSha256() != null;
    if (isInSource) {
      // Noted first: a process that ends before the ledger says so may have deleted the row.
      in(c -> WritingLedger.writing(c, entry.saveId(), WritingLedger.NOTHING));
    }
    AtomicReference<@Nullable String> problem = new AtomicReference<>();
    in(
        connection -> {
          String why = null;
          if (!removals.isRemoved(connection, entry.saveId())) {
            why = "a row of it was written meanwhile";
          } else if (isInSource) {
            why = inSource(entry);
          }
          if (why == null) {
            WritingLedger.deleted(connection, entry.saveId());
          }
          problem.set(why);
        });
    return problem.get();
  }

  private @Nullable String inSource(WritingLedger.Entry entry) throws SQLException {
    AtomicReference<@Nullable String> problem = new AtomicReference<>();
    boolean unused =
        source.with(
            SaveKey.parse(entry.key(), keyColumns),
            row -> {
              String why = conflicts.of(entry, row);
              if (why == null) {
                why = notDeleted(row);
              }
              problem.set(why);
              return why == null;
            });
    return problem.get();
  }

  private static @Nullable String notDeleted(LockedRows.Row row) throws SQLException {
    try {
      row.delete();
      return null;
    } catch (SQLException e) {
      return SourceConflict.refused(e);
    }
  }

  /**
   * Takes a deleted save up again where rows of it are there. Whoever waited to insert them while
   * the save was deleted is waited for.
   *
   * @return whether it is there again
   */
  boolean takeBack(long saveId) throws SQLException {
    boolean[] isBack = {false};
    in(
        connection -> {
          isBack[0] = !removals.isRemoved(connection, saveId);
          if (isBack[0]) {
            WritingLedger.back(connection, saveId);
          }
        });
    return isBack[0];
  }

  private interface Work {
    void run(Connection connection) throws SQLException;
  }

  private void in(Work work) throws SQLException {
    boolean unused =
        FencedTransaction.lockingGaps(
            lock,
            target,
            connection -> {
              work.run(connection);
              return true;
            });
  }
}
