package io.picklift.app.conflict;

import io.picklift.app.rebuild.RebuildException;
import io.picklift.app.rebuild.RebuiltSave;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.target.LedgerEntry;
import io.picklift.app.target.SaveStore;
import io.picklift.app.target.StoredSaves;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.LimitException;
import io.picklift.schema.tables.rows.RowsHash;
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
 * For one thread.
 */
public final class EditedSaves implements SaveStore.Edits {
  /** In place of a hash of rows that could not be made. */
  private static final String UNKNOWN = "";

  private final SaveRebuilder rebuilder;

  public EditedSaves(SaveRebuilder rebuilder) {
    this.rebuilder = rebuilder;
  }

  @Override
  public Map<Long, String> unedited(
      Connection connection, Collection<LedgerEntry> entries, Map<Long, String> next)
      throws SQLException {
    Map<Long, LedgerEntry> sorted = new TreeMap<>();
    entries.forEach(entry -> sorted.put(entry.saveId(), entry));
    Map<Long, String> unedited = new HashMap<>();
    StoredSaves stored = rebuilder.stored(connection, sorted.keySet());
    for (LedgerEntry entry : sorted.values()) {
      SaveRebuilder.Migrated migrated =
          new SaveRebuilder.Migrated(entry.saveId(), entry.blobSha256(), entry.graphSha256());
      String[] hash = {UNKNOWN};
      try {
        RebuiltSave save =
            rebuilder.rebuild(
                stored, migrated, rows -> hash[0] = HexFormat.of().formatHex(RowsHash.of(rows)));
        if (!save.isEdited() || says(save, next.get(entry.saveId()))) {
          unedited.put(entry.saveId(), hash[0]);
        }
      } catch (RebuildException e) {
        if (e.fault() == RebuildException.Fault.ARCHIVE) {
          unedited.put(entry.saveId(), UNKNOWN);
        }
      }
    }
    return unedited;
  }

  /** Whether an edited save says what is to be written: it was restored into the source. */
  private static boolean says(RebuiltSave save, @Nullable String digest) {
    try {
      return HexFormat.of().formatHex(GraphDigest.sha256(save.meaning())).equals(digest);
    } catch (LimitException e) {
      return false;
    }
  }

  @Override
  public boolean areStill(Connection connection, Map<Long, String> hashes) throws SQLException {
    List<Long> ids = hashes.keySet().stream().sorted().toList();
    StoredSaves stored = rebuilder.stored(connection, ids);
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
