package io.picklift.app.evolve;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.rows.SqlNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Saves that the ledger has as deleted, and of which rows came back. Tables that are written anew
 * have rows of migrated saves alone, and these would be lost.
 */
final class ReturnedSaves {
  static final String REASON =
      "was deleted, and the tables have rows of it: run writeback, which takes it up again or says"
          + " what to do";

  private static final int MOST = 20;

  private ReturnedSaves() {}

  /**
   * The keys of some of them.
   *
   * @param mapping of the tables as they are
   */
  static List<String> of(Connection connection, String source, Mapping mapping)
      throws SQLException {
    String rows =
        mapping.tables().stream()
            .map(
                table ->
                    " OR EXISTS (SELECT 1 FROM %s t WHERE t.save_id = s.save_id)"
                        .formatted(SqlNames.quote(table.name())))
            .collect(Collectors.joining());
    String sql =
        """
        SELECT s.source_key FROM picklift_save s
        WHERE s.source_table = ? AND s.status = 'deleted' AND (FALSE%s) ORDER BY s.save_id LIMIT %d
        """
            .formatted(rows, MOST);
    List<String> keys = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          keys.add(row.getString(1));
        }
      }
    }
    return keys;
  }
}
