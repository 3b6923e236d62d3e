package io.picklift.app.workers.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The table {@code picklift_lease_conflict}. */
final class LeaseConflicts {
  private LeaseConflicts() {}

  static void enter(Connection connection, long leaseId, List<String> keys) throws SQLException {
    String sql =
        "REPLACE INTO picklift_lease_conflict (lease_id, number, source_key) VALUES (?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      int number = 0;
      for (String key : keys) {
        insert.setLong(1, leaseId);
        insert.setInt(2, number++);
        insert.setString(3, key);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  static List<String> of(Connection connection, long leaseId) throws SQLException {
    String sql =
        "SELECT source_key FROM picklift_lease_conflict WHERE lease_id = ? ORDER BY number";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, leaseId);
      List<String> keys = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          keys.add(row.getString(1));
        }
      }
      return keys;
    }
  }
}
