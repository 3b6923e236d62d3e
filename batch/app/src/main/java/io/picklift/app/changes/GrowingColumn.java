package io.picklift.app.changes;

import io.picklift.app.source.Watermark;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SqlNames;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A column of the table of whole saves that grows with each change: {@code run.updated_at}. */
final class GrowingColumn {
  private final String table;
  private final String column;
  private final @Nullable Long overlap;

  GrowingColumn(Mapping mapping, String column, @Nullable Long overlap) {
    TableMapping root = mapping.root();
    long roots =
        mapping.tables().stream().filter(one -> one.source() instanceof RowSource.Root).count();
    if (roots > 1) {
      throw new ConfigurationException(
          "run.updated_at: the mapping has "
              + roots
              + " tables of whole saves, and the column is of one: changes: triggers finds those of"
              + " all");
    }
    if (root.stored().stream().noneMatch(one -> one.name().equalsIgnoreCase(column))) {
      throw new ConfigurationException(
          "run.updated_at: the mapping's table " + root.name() + " has no column " + column);
    }
    table = root.name();
    this.column = column;
    this.overlap = overlap;
  }

  String name() {
    return table + "." + column;
  }

  /** The newest value; null where there is none. */
  @Nullable String newest(Connection connection) throws SQLException {
    String sql = "SELECT MAX(%s) FROM %s".formatted(SqlNames.quote(column), SqlNames.quote(table));
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  /**
   * Checks that values can be compared.
   *
   * @throws ConfigurationException if they are neither numbers nor times
   */
  void check(@Nullable String value) {
    if (value != null && Watermark.nearFrom(value, value, overlap) == null) {
      throw new ConfigurationException(
          "run.updated_at: values of " + name() + " are neither numbers nor times");
    }
  }

  /** Saves whose value is near to the newest that was seen, or newer, or NULL. */
  String condition(String newest) {
    String from = Watermark.nearFrom(newest, newest, overlap);
    if (from == null) {
      return "TRUE";
    }
    // A number as a text would be compared as a double.
    String value = from.indexOf(':') < 0 ? from : "'" + from + "'";
    return "picklift_save.save_id IN (SELECT save_id FROM %1$s WHERE %2$s >= %3$s OR %2$s IS NULL)"
        .formatted(SqlNames.quote(table), SqlNames.quote(column), value);
  }
}
