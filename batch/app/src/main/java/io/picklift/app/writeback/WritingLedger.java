package io.picklift.app.writeback;

import io.picklift.app.source.SourceRow;
import io.picklift.app.target.archive.KeptBase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the ledger and the archive say of saves that are written back. Never commits. */
final class WritingLedger {
  private static final int PAGE = 200;

  /** The hash of what is about to be written where the row is about to be deleted: of no BLOB. */
  static final String NOTHING = "00".repeat(32);

  /** Of a save that was about to be written when a process ended. */
  static final String UNSETTLED = "writing_sha256 IS NOT NULL";

  private static final String ABSENT =
      """
       blob_sha256 = NULL, blob_bytes = NULL, graph_sha256 = NULL, carried_sha256 = NULL,
        watermark = NULL, writing_sha256 = NULL, last_written = UTC_TIMESTAMP(6)
      """;

  private final String source;
  private final boolean isBaseKept;

  /**
   * @param isBaseKept whether the target keeps each BLOB to merge by
   */
  WritingLedger(String source, boolean isBaseKept) {
    this.source = source;
    this.isBaseKept = isBaseKept;
  }

  /**
   * A save that the tables own.
   *
   * @param blobSha256 of the BLOB on which source and tables agreed last; null where the source has
   *     no row of the save
   * @param carriedSha256 of what stood beside it in the row then
   * @param writingSha256 of the BLOB that was to be written when a process ended, {@link #NOTHING}
   *     where the row was to be deleted; else null
   * @param isBorn whether it was never taken out of the source
   * @param bytes of the BLOB on which both agreed last, or of its pickle where that is longer
   */
  record Entry(
      long saveId,
      String key,
      @Nullable String blobSha256,
      @Nullable String graphSha256,
      @Nullable String carriedSha256,
      @Nullable String watermark,
      @Nullable String writingSha256,
      boolean isBorn,
      long bytes) {}

  /**
   * A save whose BLOB is in the source.
   *
   * @param alone what is archived of it, if it was made like others; else null
   * @param row as it is in the source now
   */
  record Written(Entry entry, Restored save, @Nullable StandAlone alone, SourceRow row) {}

  /**
   * The next saves that the tables own, by save id.
   *
   * @param condition over {@code picklift_save}
   */
  List<Entry> page(Connection connection, String condition, long after) throws SQLException {
    String sql =
        """
        SELECT save_id, source_key, LOWER(HEX(blob_sha256)), LOWER(HEX(graph_sha256)),
          LOWER(HEX(carried_sha256)), watermark, LOWER(HEX(writing_sha256)), restored_as = 'born',
          GREATEST(COALESCE(blob_bytes, 0), COALESCE(pickle_bytes, 0))
        FROM picklift_save
        WHERE source_table = ? AND owner = 'tables' AND status = 'migrated' AND save_id > ? AND (%s)
        ORDER BY save_id LIMIT %d
        """
            .formatted(condition, PAGE);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      select.setLong(2, after);
      List<Entry> page = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          page.add(
              new Entry(
                  row.getLong(1),
                  row.getString(2),
                  row.getString(3),
                  row.getString(4),
                  row.getString(5),
                  row.getString(6),
                  row.getString(7),
                  row.getBoolean(8),
                  row.getLong(9)));
        }
      }
      return page;
    }
  }

  /** Enters what is about to be written; null where nothing is any more. */
  static void writing(Connection connection, long saveId, @Nullable String sha256)
      throws SQLException {
    writing(connection, Collections.singletonMap(saveId, sha256));
  }

  /** The same of several saves. */
  static void writing(Connection connection, Map<Long, @Nullable String> hashes)
      throws SQLException {
    String sql = "UPDATE picklift_save SET writing_sha256 = UNHEX(?) WHERE save_id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (Map.Entry<Long, @Nullable String> hash : hashes.entrySet()) {
        update.setString(1, hash.getValue());
        update.setLong(2, hash.getKey());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  /** Enters that the source's rows have the BLOBs. */
  void written(Connection connection, List<Written> saves) throws SQLException {
    for (Written save : saves) {
      archive(connection, save);
      if (isBaseKept) {
        KeptBase.write(connection, save.entry().saveId(), save.save().blob());
      }
    }
    if (!isBaseKept) {
      KeptBase.delete(connection, saves.stream().map(save -> save.entry().saveId()).toList());
    }
    agreed(connection, saves);
    // The copies were written with the BLOB.
    String tidy = "DELETE FROM picklift_disagreement WHERE source_table = ? AND key_sha256 = ?";
    try (PreparedStatement delete = connection.prepareStatement(tidy)) {
      for (Written save : saves) {
        delete.setString(1, source);
        delete.setBytes(2, save.row().key().sha256());
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }

  private static void archive(Connection connection, Written save) throws SQLException {
    Entry entry = save.entry();
    StandAlone alone = save.alone();
    if (alone != null) {
      WrittenArchive.put(connection, entry.saveId(), alone);
    } else if (!WrittenArchive.keep(connection, entry.saveId(), save.save().blob())
        && !entry.isBorn()) {
      throw new SQLException("picklift_archive has nothing of save " + entry.saveId());
    }
  }

  private static void agreed(Connection connection, List<Written> saves) throws SQLException {
    String sql =
        """
        UPDATE picklift_save SET blob_sha256 = UNHEX(?), blob_bytes = ?, pickle_bytes = ?,
          graph_sha256 = UNHEX(?), restored_as = IF(restored_as = 'born', 'born', 'kept'),
          encodings = ?, protocol = ?, carried_sha256 = UNHEX(?), watermark = ?,
          writing_sha256 = NULL, last_written = UTC_TIMESTAMP(6)
        WHERE save_id = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (Written each : saves) {
        Restored save = each.save();
        update.setString(1, save.sha256());
        update.setLong(2, save.blob().length);
        update.setLong(3, save.pickleBytes());
        update.setString(4, save.graphSha256());
        update.setString(5, save.encodings());
        update.setInt(6, save.protocol());
        update.setString(7, each.row().carried().sha256());
        update.setString(8, each.row().watermark());
        update.setLong(9, each.entry().saveId());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  /**
   * Locks the ledger's rows of saves, but for those that another transaction has: whoever inserts a
   * row of a save into a table with a foreign key to the ledger has the save's until it commits,
   * and nobody is to wait for it with other saves locked.
   *
   * @return the ids of those that are locked
   */
  static Set<Long> lockFree(Connection connection, List<Long> saveIds) throws SQLException {
    Set<Long> locked = new HashSet<>();
    // One by one: of a list of ids MySQL may make a scan that locks all rows.
    String sql = "SELECT save_id FROM picklift_save WHERE save_id = ? FOR UPDATE SKIP LOCKED";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (long saveId : saveIds) {
        select.setLong(1, saveId);
        try (ResultSet row = select.executeQuery()) {
          if (row.next()) {
            locked.add(saveId);
          }
        }
      }
    }
    return locked;
  }

  /**
   * Locks the ledger's row of a save, so that no row of the save can be inserted into a table that
   * has a foreign key to it.
   */
  static void lock(Connection connection, long saveId) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement
          .executeQuery("SELECT 1 FROM picklift_save WHERE save_id = " + saveId + " FOR UPDATE")
          .close();
    }
  }

  /**
   * Enters that the save is no more, neither in the tables nor in the source. Its residue stays:
   * rows of it that come back are the save again.
   */
  static void deleted(Connection connection, long saveId) throws SQLException {
    update(
        connection,
        """
        status = 'deleted', deleted_at = UTC_TIMESTAMP(6), last_written = UTC_TIMESTAMP(6),
          owner = 'source', owned_since = NULL, writing_sha256 = NULL
        """,
        saveId);
    KeptBase.delete(connection, saveId);
  }

  /** Enters that the tables have a save again that was deleted in the source. */
  static void back(Connection connection, long saveId) throws SQLException {
    update(
        connection,
        "status = 'migrated', deleted_at = NULL, owner = 'tables', owned_since = UTC_TIMESTAMP(6),"
            + ABSENT,
        saveId);
  }

  /** Enters that the source has no row of the save, with which the tables agree. */
  static void absent(Connection connection, long saveId) throws SQLException {
    update(connection, ABSENT, saveId);
    KeptBase.delete(connection, saveId);
  }

  private static void update(Connection connection, String what, long saveId) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE picklift_save SET " + what + " WHERE save_id = " + saveId);
    }
  }
}
