package io.picklift.app.restore;

import io.picklift.app.source.SaveKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a restore is.
 *
 * @param lastSaveId all saves up to this one are done
 * @param lastKey the key of the last save that was written, as text; null before the first
 */
record RestoreProgress(long lastSaveId, @Nullable String lastKey, RestoreSummary summary) {
  static final RestoreProgress NONE = new RestoreProgress(-1, null, RestoreSummary.NOTHING);

  /** The progress with one more save done; its key where it was written. */
  RestoreProgress next(long saveId, @Nullable SaveKey written, RestoreSummary soFar) {
    return new RestoreProgress(saveId, written == null ? lastKey : written.text(), soFar);
  }

  /** What {@code picklift_restore} says about a table; null where nothing. */
  static @Nullable RestoreProgress find(Connection connection, String table, String source)
      throws SQLException {
    String sql =
        """
        SELECT last_save_id, last_key, as_migrated, edited, not_restored, problems, unplaced
        FROM picklift_restore WHERE table_name = ? AND source_table = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, table);
      select.setString(2, source);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new RestoreProgress(
                row.getLong(1),
                row.getString(2),
                new RestoreSummary(
                    row.getLong(3),
                    row.getLong(4),
                    row.getString(6).lines().toList(),
                    row.getLong(5),
                    row.getLong(7)))
            : null;
      }
    }
  }

  /** Enters it; the transaction is the caller's. */
  void enter(Connection connection, String table, String source) throws SQLException {
    String sql =
        """
        INSERT INTO picklift_restore (table_name, source_table, last_save_id, last_key,
          as_migrated, edited, not_restored, problems, unplaced, last_written)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))
        ON DUPLICATE KEY UPDATE source_table = VALUES(source_table),
          last_save_id = VALUES(last_save_id), last_key = VALUES(last_key),
          as_migrated = VALUES(as_migrated), edited = VALUES(edited),
          not_restored = VALUES(not_restored), problems = VALUES(problems),
          unplaced = VALUES(unplaced),
          last_written = VALUES(last_written)
        """;
    List<String> problems = summary.problems();
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, table);
      insert.setString(2, source);
      insert.setLong(3, lastSaveId);
      insert.setString(4, lastKey);
      insert.setLong(5, summary.unchanged());
      insert.setLong(6, summary.changed());
      insert.setLong(7, summary.failed());
      insert.setString(8, String.join("\n", problems));
      insert.setLong(9, summary.unplaced());
      insert.executeUpdate();
    }
  }

  /** Forgets what is said about a table: all is restored, or is to be done anew. */
  static void forget(Connection connection, String table) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM picklift_restore WHERE table_name = ?")) {
      delete.setString(1, table);
      delete.executeUpdate();
    }
  }
}
