package io.picklift.app.workers.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The tables {@code picklift_lease_split} and {@code picklift_lease_rest}. */
final class LeaseSplits {
  private LeaseSplits() {}

  static void clear(Connection connection) throws SQLException {
    try (Statement delete = connection.createStatement()) {
      delete.executeUpdate("DELETE FROM picklift_lease_split");
      delete.executeUpdate("DELETE FROM picklift_lease_rest");
    }
  }

  /** Asks the attempt that has a lease for a part of it. */
  static void ask(Connection connection, long leaseId, long epoch) throws SQLException {
    String sql = "REPLACE INTO picklift_lease_split (lease_id, epoch) VALUES (?, ?)";
    try (PreparedStatement replace = connection.prepareStatement(sql)) {
      replace.setLong(1, leaseId);
      replace.setLong(2, epoch);
      replace.executeUpdate();
    }
  }

  /** Whether an attempt is asked. */
  static boolean isAsked(Connection connection, Grant grant) throws SQLException {
    String sql = "SELECT COUNT(*) FROM picklift_lease_split WHERE lease_id = ? AND epoch = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, grant.leaseId());
      select.setLong(2, grant.epoch());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1) > 0;
      }
    }
  }

  /** Enters what is given up; the transaction is the caller's. */
  static void enter(Connection connection, Grant grant, String kept, String rest)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM picklift_lease_split WHERE lease_id = ?")) {
      delete.setLong(1, grant.leaseId());
      delete.executeUpdate();
    }
    String sql = "INSERT INTO picklift_lease_rest (lease_id, kept, rest) VALUES (?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, grant.leaseId());
      insert.setString(2, kept);
      insert.setString(3, rest);
      insert.executeUpdate();
    }
  }

  /** What was given up and is no lease yet, in the order in which it was. */
  static List<Leases.Rest> rests(Connection connection) throws SQLException {
    String sql = "SELECT rest_id, lease_id, kept, rest FROM picklift_lease_rest ORDER BY rest_id";
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      List<Leases.Rest> rests = new ArrayList<>();
      while (row.next()) {
        rests.add(
            new Leases.Rest(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4)));
      }
      return rests;
    }
  }

  /** It is a lease now. */
  static void taken(Connection connection, long restId) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM picklift_lease_rest WHERE rest_id = ?")) {
      delete.setLong(1, restId);
      delete.executeUpdate();
    }
  }
}
