package io.picklift.app.follow.place;

import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table {@code picklift_follow_held}: saves whose row is gone, and that are not deleted since a
 * run may not delete so many. Never commits.
 */
public final class HeldBackTable {
  private HeldBackTable() {}

  public static void add(Connection connection, Collection<Long> saveIds) throws SQLException {
    String sql =
        "INSERT IGNORE INTO picklift_follow_held (save_id, held_at) VALUES (?, UTC_TIMESTAMP(6))";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (long id : saveIds) {
        insert.setLong(1, id);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** These saves are not held back any more. */
  public static void remove(Connection connection, Collection<Long> saveIds) throws SQLException {
    if (saveIds.isEmpty()) {
      return;
    }
    String ids = saveIds.stream().map(String::valueOf).collect(Collectors.joining(","));
    try (Statement delete = connection.createStatement()) {
      delete.executeUpdate("DELETE FROM picklift_follow_held WHERE save_id IN (" + ids + ")");
    }
  }

  /** Forgets those that were deleted meanwhile. */
  public static void tidy(Connection connection) throws SQLException {
    String sql =
        """
        DELETE FROM picklift_follow_held WHERE save_id IN
          (SELECT save_id FROM picklift_save WHERE status = 'deleted')
        """;
    try (Statement delete = connection.createStatement()) {
      delete.executeUpdate(sql);
    }
  }

  /** The keys of a source's saves that are held back. */
  public static Set<SaveKey> keys(Connection connection, SaveSource source) throws SQLException {
    String sql =
        """
        SELECT s.source_key FROM picklift_follow_held h JOIN picklift_save s USING (save_id)
        WHERE s.source_table = ? AND s.status <> 'deleted' ORDER BY save_id
        """;
    Set<SaveKey> keys = new LinkedHashSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source.name());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          SaveKey key = SaveKey.of(row.getString(1), source);
          if (key != null) {
            keys.add(key);
          }
        }
      }
    }
    return keys;
  }
}
