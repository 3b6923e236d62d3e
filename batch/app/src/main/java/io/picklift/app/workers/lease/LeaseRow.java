package io.picklift.app.workers.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A row of {@code picklift_lease}. */
record LeaseRow(long epoch, String token, String state, String step, long stepExecutionId) {
  /** There is none. */
  private static final LeaseRow NONE = new LeaseRow(-1, "", "", "", -1);

  static LeaseRow read(Connection connection, long leaseId) throws SQLException {
    String sql =
        "SELECT epoch, token, state, step_name, step_execution_id FROM picklift_lease"
            + " WHERE lease_id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, leaseId);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new LeaseRow(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5))
            : NONE;
      }
    }
  }

  /** Whether an attempt has ended so already, and the answer was lost. */
  boolean isEndOf(Grant grant, HeldLease.End end) {
    return epoch == grant.epoch() && token.equals(grant.token()) && state.equals(end.text());
  }
}
