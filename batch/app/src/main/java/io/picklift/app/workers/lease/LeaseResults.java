package io.picklift.app.workers.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The tables {@code picklift_lease_conflict} and {@code picklift_lease_counts}. */
final class LeaseResults {
  private LeaseResults() {}

  /** Enters what an attempt leaves behind; with what another one left before it, this is over. */
  static void enter(Connection connection, long leaseId, LeaseResult result) throws SQLException {
    conflicts(connection, leaseId, result.conflicts());
    String sql = "REPLACE INTO picklift_lease_counts (lease_id, counts) VALUES (?, ?)";
    try (PreparedStatement replace = connection.prepareStatement(sql)) {
      replace.setLong(1, leaseId);
      replace.setString(2, result.counts());
      replace.executeUpdate();
    }
  }

  /** What was entered. */
  static LeaseResult of(Connection connection, long leaseId) throws SQLException {
    String sql = "SELECT counts FROM picklift_lease_counts WHERE lease_id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, leaseId);
      try (ResultSet row = select.executeQuery()) {
        return new LeaseResult(conflicts(connection, leaseId), row.next() ? row.getString(1) : "");
      }
    }
  }

  private static void conflicts(Connection connection, long leaseId, List<String> keys)
      throws SQLException {
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

  private static List<String> conflicts(Connection connection, long leaseId) throws SQLException {
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
