package io.picklift.app.verify;

import io.picklift.app.account.LedgerReport;
import io.picklift.app.account.RunSummary;
import io.picklift.app.report.TargetFacts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks the ledger what its saves are like. */
public final class FactsQuery {
  private FactsQuery() {}

  static TargetFacts read(Connection connection, String source, RowCounts rows)
      throws SQLException {
    RunSummary.Values values = LedgerReport.values(connection, source);
    Map<Integer, Long> sizes = new LinkedHashMap<>();
    Map<String, Long> unfit = new LinkedHashMap<>();
    values.unfitByColumn().forEach((column, of) -> unfit.put(column, of.count()));
    counts(connection, source, "CEIL(LOG2(blob_bytes + 1))")
        .forEach((power, saves) -> sizes.put((int) Double.parseDouble(power), saves));
    return new TargetFacts(
        values.all(),
        values.inTables(),
        values.unfit(),
        counts(connection, source, "protocol"),
        counts(connection, source, "encodings"),
        sizes,
        rows.tables(),
        rows.columns(),
        rows.classes(),
        unfit);
  }

  /**
   * Migrated saves by what an expression says of them; one that was born in the tables has no BLOB.
   */
  private static Map<String, Long> counts(Connection connection, String source, String expression)
      throws SQLException {
    String sql =
        """
        SELECT %1$s AS what, COUNT(*) FROM picklift_save
        WHERE source_table = ? AND status = 'migrated' AND blob_sha256 IS NOT NULL
        GROUP BY what ORDER BY what
        """
            .formatted(expression);
    Map<String, Long> counts = new LinkedHashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          counts.put(String.valueOf(row.getString(1)), row.getLong(2));
        }
      }
    }
    return counts;
  }
}
