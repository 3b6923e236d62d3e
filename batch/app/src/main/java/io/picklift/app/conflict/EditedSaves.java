package io.picklift.app.conflict;

import io.picklift.app.memory.LastResort;
import io.picklift.app.rebuild.RebuildException;
import io.picklift.app.rebuild.RebuiltSave;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.target.LedgerEntry;
import io.picklift.app.target.PreparedSave;
import io.picklift.app.target.SaveStore;
import io.picklift.app.target.StoredSaves;
import io.picklift.codec.error.LimitException;
import io.picklift.schema.tables.rows.RowsHash;
import io.picklift.schema.tables.rows.SaveRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A save was edited if its rows and its residue do not give the BLOB any more that it was migrated
 * from. One whose archive is damaged was not edited, so far as anyone can tell: it is made anew.
 * One that there is too little memory for beside others is looked at with nothing else at work; one
 * that is too large even so may have been edited, and counts as such. For one thread.
 */
public final class EditedSaves implements SaveStore.Edits {
  /** In place of a hash of rows that could not be made. */
  private static final String UNKNOWN = "";

  private final SaveRebuilder rebuilder;
  private final SaveRebuilder large;
  private final LastResort lastResort;
  private final @Nullable SaveMerger merger;

  /**
   * @param rebuilder of a save beside others
   * @param large of one that has the heap alone
   * @param lastResort that of all who decode at the same time
   * @param merger of those that are edited; null where they stay as they are
   */
  public EditedSaves(
      SaveRebuilder rebuilder,
      SaveRebuilder large,
      LastResort lastResort,
      @Nullable SaveMerger merger) {
    this.merger = merger;
    this.rebuilder = rebuilder;
    this.large = large;
    this.lastResort = lastResort;
  }

  @Override
  public Map<Long, String> unedited(
      Connection connection, Collection<LedgerEntry> entries, Map<Long, String> next)
      throws SQLException {
    Map<Long, LedgerEntry> open = new TreeMap<>();
    entries.forEach(entry -> open.put(entry.saveId(), entry));
    Map<Long, String> unedited = new HashMap<>();
    Look look = new Look(connection, next, open, unedited);
    boolean unused =
        lastResort.beside(() -> look.at(rebuilder, List.copyOf(open.values()))) != null;
    // The error does not say which save needed too much, and a save's share may be too small for
    // one.
    for (LedgerEntry entry : List.copyOf(open.values())) {
      unused = lastResort.alone(() -> look.at(large, List.of(entry))) != null;
    }
    return unedited;
  }

  /**
   * Looks at saves.
   *
   * @param open those that were not looked at yet, by save id
   * @param unedited those of the others that nobody edited
   */
  private record Look(
      Connection connection,
      Map<Long, String> next,
      Map<Long, LedgerEntry> open,
      Map<Long, String> unedited) {
    /** True; leaves those open that there is too little memory for. */
    boolean at(SaveRebuilder rebuilder, List<LedgerEntry> entries) throws SQLException {
      StoredSaves stored =
          rebuilder.stored(connection, entries.stream().map(LedgerEntry::saveId).toList());
      for (LedgerEntry entry : entries) {
        at(rebuilder, stored, entry);
      }
      return true;
    }

    private void at(SaveRebuilder rebuilder, StoredSaves stored, LedgerEntry entry)
        throws SQLException {
      long id = entry.saveId();
      String[] hash = {UNKNOWN};
      if (entry.status() == LedgerEntry.Status.DELETED) {
        atDeleted(stored, id);
        return;
      }
      try {
        RebuiltSave save =
            rebuilder.rebuild(
                stored,
                new SaveRebuilder.Migrated(id, entry.blobSha256(), entry.graphSha256()),
                rows -> hash[0] = HexFormat.of().formatHex(RowsHash.of(rows)));
        boolean isSame = !save.isEdited() || says(save, next.get(id));
        if (isSame && save.unplaced() == null) {
          unedited.put(id, hash[0]);
        }
        open.remove(id);
      } catch (RebuildException e) {
        switch (e.fault()) {
          case ARCHIVE -> {
            unedited.put(id, UNKNOWN);
            open.remove(id);
          }
          case ROWS -> open.remove(id);
          case LIMIT -> {}
        }
      }
    }

    /** Nothing is left of it, unless rows were inserted since. */
    private void atDeleted(StoredSaves stored, long id) throws SQLException {
      try {
        SaveRows rows = stored.rows(id);
        if (rows.size() == 0) {
          unedited.put(id, HexFormat.of().formatHex(RowsHash.of(rows)));
        }
      } catch (LimitException e) {
        // It has rows, and too many.
      }
      open.remove(id);
    }
  }

  /** Whether an edited save says what is to be written: it was restored into the source. */
  private static boolean says(RebuiltSave save, @Nullable String digest) {
    try {
      return save.graphSha256().equals(digest);
    } catch (LimitException e) {
      return false;
    }
  }

  @Override
  public SaveStore.@Nullable Merged merged(
      Connection connection, LedgerEntry entry, PreparedSave save) throws SQLException {
    SaveMerger asked = merger;
    return asked == null ? null : asked.merge(connection, entry, save);
  }

  @Override
  public boolean areStill(Connection connection, Map<Long, String> hashes) throws SQLException {
    List<Long> ids = hashes.keySet().stream().sorted().toList();
    StoredSaves stored = large.stored(connection, ids);
    for (Long id : ids) {
      String before = hashes.getOrDefault(id, UNKNOWN);
      if (!before.equals(UNKNOWN) && !before.equals(hash(stored, id))) {
        return false;
      }
    }
    return true;
  }

  private static String hash(StoredSaves stored, long id) throws SQLException {
    try {
      return HexFormat.of().formatHex(RowsHash.of(stored.rows(id)));
    } catch (LimitException e) {
      // They fitted into memory before: something was written into them.
      return UNKNOWN;
    }
  }
}
