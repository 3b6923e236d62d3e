package io.picklift.app.writeback;

import io.picklift.app.changes.NoRow;
import io.picklift.app.config.CountOrShare;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SqlNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Saves that the new application removed: no table has a row of them any more. Never commits. */
final class RemovedSaves {
  private final String source;
  private final Mapping mapping;
  private final CountOrShare most;

  /**
   * @param most how many of them one run may delete in the source
   */
  RemovedSaves(String source, Mapping mapping, CountOrShare most) {
    this.source = source;
    this.mapping = mapping;
    this.most = most;
  }

  /**
   * Those of a run.
   *
   * @param ids of all
   * @param inSource how many of them the source has a row of
   * @param bound how many of those may be deleted
   */
  record Found(Set<Long> ids, long inSource, long bound) {
    static final Found NONE = new Found(Set.of(), 0, 0);

    /** Whether a save is to be added to the source, or deleted in it, which is done by itself. */
    boolean isAlone(WritingLedger.Entry entry) {
      return entry.blobSha256() == null || ids.contains(entry.saveId());
    }

    boolean areTooMany() {
      return inSource > bound;
    }
  }

  /**
   * Looks for them.
   *
   * @param condition over {@code picklift_save}
   */
  Found find(Connection connection, String condition) throws SQLException {
    StringBuilder sql =
        new StringBuilder(
            """
            SELECT save_id, blob_sha256 IS NOT NULL FROM picklift_save
            WHERE source_table = ? AND owner = 'tables' AND status = 'migrated' AND (%s)\
            """
                .formatted(condition));
    sql.append(NoRow.and(mapping, "picklift_save.save_id"));
    Set<Long> ids = new HashSet<>();
    long inSource = 0;
    try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ids.add(row.getLong(1));
          inSource += row.getBoolean(2) ? 1 : 0;
        }
      }
    }
    return new Found(ids, inSource, inSource == 0 || most.isAll() ? inSource : bound(connection));
  }

  private long bound(Connection connection) throws SQLException {
    String sql =
        """
        SELECT COUNT(*) FROM picklift_save
        WHERE source_table = ? AND status = 'migrated' AND blob_sha256 IS NOT NULL
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return most.of(row.getLong(1));
      }
    }
  }

  /**
   * Whether there is no row of a save, in a transaction in which none can come before its end: what
   * others would insert waits.
   */
  boolean isRemoved(Connection connection, long saveId) throws SQLException {
    // The ledger's row first, as whoever inserts takes it first, too.
    WritingLedger.lock(connection, saveId);
    for (TableMapping table : mapping.tables()) {
      String sql =
          "SELECT 1 FROM %s WHERE save_id = %d LIMIT 1 FOR UPDATE"
              .formatted(SqlNames.quote(table.name()), saveId);
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        if (row.next()) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * A save that the ledger has as deleted, and of which rows are there.
   *
   * @param canReturn whether the target has what it takes to make it again
   */
  record Returned(long saveId, String key, boolean canReturn) {}

  /**
   * Looks for saves whose rows came back after they were deleted in the source.
   *
   * @param condition over {@code picklift_save}
   */
  List<Returned> returned(Connection connection, String condition) throws SQLException {
    String sql =
        """
        SELECT save_id, source_key, mapping_sha256 IN (?, ?) AND (restored_as = 'born' OR EXISTS
          (SELECT 1 FROM picklift_archive a WHERE a.save_id = picklift_save.save_id))
        FROM picklift_save
        WHERE source_table = ? AND status = 'deleted' AND (%s) AND NOT (TRUE%s)
        ORDER BY save_id
        """
            .formatted(condition, NoRow.and(mapping, "picklift_save.save_id"));
    List<Returned> returned = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setBytes(1, mapping.fingerprint());
      select.setBytes(2, mapping.firstFingerprint());
      select.setString(3, source);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          returned.add(new Returned(row.getLong(1), row.getString(2), row.getBoolean(3)));
        }
      }
    }
    return returned;
  }
}
