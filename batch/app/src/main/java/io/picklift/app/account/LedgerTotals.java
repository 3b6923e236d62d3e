package io.picklift.app.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How many rows the ledger has of a source.
 *
 * @param live migrated or quarantined
 * @param outOfScope those of them whose row the scope leaves out
 * @param deleted whose row is gone
 * @param deletedNow those of them that this run deleted
 * @param written those that this run wrote, in whatever way
 */
public record LedgerTotals(
    long live, long outOfScope, long deleted, long deletedNow, long written) {
  /**
   * Counts, in the order of the rows: along the index by source, the server would look each of them
   * up by itself, which takes ten times as long.
   *
   * @param began when the run began, in the target's time
   */
  public static LedgerTotals read(Connection connection, String source, String began)
      throws SQLException {
    String sql =
        """
        SELECT COALESCE(SUM(status <> 'deleted'), 0),
          COALESCE(SUM(status <> 'deleted' AND out_of_scope_at IS NOT NULL), 0),
          COALESCE(SUM(status = 'deleted'), 0),
          COALESCE(SUM(status = 'deleted' AND last_written >= ?), 0),
          COALESCE(SUM(last_written >= ?), 0)
        FROM picklift_save FORCE INDEX (PRIMARY) WHERE source_table = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, began);
      select.setString(2, began);
      select.setString(3, source);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new LedgerTotals(
            row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
      }
    }
  }
}
