package io.picklift.app.restore;

import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.source.SaveKey;
import io.picklift.app.target.LedgerEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says of a save that is to be restored.
 *
 * @param key as text
 */
record LedgerSave(String key, String status, SaveRebuilder.Migrated migrated) {
  private static final int MOST_SAVES = 200;

  /** Of large saves a part has few, so that several threads have something to do. */
  private static final long MOST_ROWS = 40_000;

  private static final String SELECT =
      """
      SELECT save_id, source_key, status, LOWER(HEX(blob_sha256)), LOWER(HEX(graph_sha256))
      FROM picklift_save WHERE source_table = ? AND status <> 'deleted' AND\
      """;

  /** Saves that follow one another in the ledger: those above {@code after}, up to {@code upTo}. */
  record Part(long after, long upTo) {}

  boolean isMigrated() {
    return status.equals(LedgerEntry.Status.MIGRATED.label());
  }

  long saveId() {
    return migrated.saveId();
  }

  /** The save of a key; none where the ledger has none. */
  static List<LedgerSave> of(Connection connection, String source, SaveKey key)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + " key_sha256 = ?")) {
      select.setString(1, source);
      select.setBytes(2, key.sha256());
      return read(select);
    }
  }

  /** The id of a key's save that was deleted; null where there is none. */
  static @Nullable Long deleted(Connection connection, String source, SaveKey key)
      throws SQLException {
    String sql =
        """
        SELECT save_id FROM picklift_save
        WHERE source_table = ? AND status = 'deleted' AND key_sha256 = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      select.setBytes(2, key.sha256());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : null;
      }
    }
  }

  /** The saves of a part, by their ids. */
  static List<LedgerSave> of(Connection connection, String source, Part part) throws SQLException {
    String sql = SELECT + " save_id > ? AND save_id <= ? ORDER BY save_id";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      select.setLong(2, part.after());
      select.setLong(3, part.upTo());
      return read(select);
    }
  }

  private static List<LedgerSave> read(PreparedStatement select) throws SQLException {
    List<LedgerSave> saves = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        saves.add(
            new LedgerSave(
                row.getString(2),
                row.getString(3),
                new SaveRebuilder.Migrated(row.getLong(1), row.getString(4), row.getString(5))));
      }
    }
    return saves;
  }

  /** The ids of saves above one id up to another, some thousands of them at most. */
  static List<Long> ids(Connection connection, String source, long after, long upTo)
      throws SQLException {
    String sql =
        """
        SELECT save_id FROM picklift_save
        WHERE source_table = ? AND status <> 'deleted' AND save_id > ? AND save_id <= ?
        ORDER BY save_id LIMIT 20000
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      select.setLong(2, after);
      select.setLong(3, upTo);
      List<Long> ids = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ids.add(row.getLong(1));
        }
      }
      return ids;
    }
  }

  /** The next saves above an id; null at the end. */
  static @Nullable Part next(Connection connection, String source, long after) throws SQLException {
    String sql =
        """
        SELECT s.save_id, COALESCE(a.row_count, 0)
        FROM picklift_save s LEFT JOIN picklift_archive a ON a.save_id = s.save_id
        WHERE s.source_table = ? AND s.status <> 'deleted' AND s.save_id > ?
        ORDER BY s.save_id LIMIT %d
        """
            .formatted(MOST_SAVES);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      select.setLong(2, after);
      long last = after;
      long rows = 0;
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows += row.getLong(2);
          if (rows > MOST_ROWS && last != after) {
            break;
          }
          last = row.getLong(1);
        }
      }
      return last == after ? null : new Part(after, last);
    }
  }
}
