package io.picklift.app.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The table {@code picklift_run}: what each run counted. */
public final class RunTable {
  /** The status of a run that could not finish. */
  public static final String FAILED = "failed";

  /** The status of a run that was told to end. */
  public static final String STOPPED = "stopped";

  /**
   * The condition of a run after which the target has all that the source had when the run began: a
   * migrate leaves changes to backfill.
   */
  public static final String CAUGHT_UP =
      "status = 'complete' AND (command = 'backfill' OR changed_since = 0)";

  private RunTable() {}

  /** Enters how a run ended that did not come to its end. */
  public static void ended(Connection connection, long runId, String status) throws SQLException {
    String sql =
        """
        UPDATE picklift_run SET status = ?, ended = UTC_TIMESTAMP(6)
        WHERE run_id = ? AND status = 'running'
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, status);
      update.setLong(2, runId);
      update.executeUpdate();
    }
  }

  /** Enters that a run begins, and that those of which nothing runs any more have failed. */
  public static long begin(Connection connection, String source, String command, String began)
      throws SQLException {
    String dead =
        "UPDATE picklift_run SET status = 'failed' WHERE source_table = ? AND status = 'running'";
    try (PreparedStatement update = connection.prepareStatement(dead)) {
      update.setString(1, source);
      update.executeUpdate();
    }
    String sql =
        """
        INSERT INTO picklift_run (source_table, command, status, began)
        VALUES (?, ?, 'running', ?)
        """;
    try (PreparedStatement insert =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, source);
      insert.setString(2, command);
      insert.setString(3, began);
      insert.executeUpdate();
      try (ResultSet id = insert.getGeneratedKeys()) {
        if (!id.next()) {
          throw new SQLException("the server gave no run_id");
        }
        return id.getLong(1);
      }
    }
  }

  /** Whether the run before the newest one did not come to its end. */
  public static boolean isAfterFailure(Connection connection, String source) throws SQLException {
    String sql =
        "SELECT status FROM picklift_run WHERE source_table = ? ORDER BY run_id DESC LIMIT 1, 1";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        return row.next() && !row.getString(1).equals("complete");
      }
    }
  }

  /**
   * Enters what a run that is complete counted.
   *
   * @return whether the run is in the table; a server may have lost what it had committed of it
   */
  public static boolean complete(Connection connection, long runId, RunCounts counts)
      throws SQLException {
    String sql =
        """
        UPDATE picklift_run SET status = 'complete', ended = UTC_TIMESTAMP(6), source_rows = ?,
          added = ?, replaced = ?, unchanged = ?, quarantined = ?, changed_since = ?, left_alone = ?,
          ledger_rows = ?, ledger_known = ?, ledger_deleted = ?, ledger_out_of_scope = ?,
          ledger_held_back = ?, ledger_owned = ?
        WHERE run_id = ?
        """;
    long[] values = {
      counts.rows(),
      counts.added(),
      counts.replaced(),
      counts.unchanged(),
      counts.quarantined(),
      counts.changed(),
      counts.left(),
      counts.ledger(),
      counts.known(),
      counts.deleted(),
      counts.outOfScope(),
      counts.heldBack(),
      counts.owned(),
      runId
    };
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        update.setLong(i + 1, values[i]);
      }
      return update.executeUpdate() > 0;
    }
  }
}
