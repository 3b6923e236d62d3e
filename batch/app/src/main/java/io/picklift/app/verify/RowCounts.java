package io.picklift.app.verify;

import io.picklift.app.database.LongStatement;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SqlNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Counts the rows of the mapped tables. The server goes over an index of each table, so this is for
 * a verification that goes over all saves anyway.
 */
final class RowCounts {
  private RowCounts() {}

  /** The rows by table. */
  static Map<String, Long> of(DataSource target, Mapping mapping) throws SQLException {
    return new LongStatement(target).run(connection -> of(connection, mapping));
  }

  private static Map<String, Long> of(Connection connection, Mapping mapping) throws SQLException {
    Map<String, Long> rows = new LinkedHashMap<>();
    try (Statement select = connection.createStatement()) {
      for (TableMapping table : mapping.tables()) {
        String sql = "SELECT COUNT(*) FROM " + SqlNames.quote(table.name());
        try (ResultSet count = select.executeQuery(sql)) {
          count.next();
          rows.put(table.name(), count.getLong(1));
        }
      }
    }
    return rows;
  }
}
