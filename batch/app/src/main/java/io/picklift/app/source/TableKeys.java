package io.picklift.app.source;

import io.picklift.app.config.SourceConfig;
import io.picklift.app.database.LongRows;
import io.picklift.schema.tables.rows.SqlNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The key columns of a source table, and how statements name, order, bound and find rows by them.
 */
final class TableKeys {
  private final DataSource dataSource;
  private final SourceConfig config;
  private final List<KeyKind> kinds;
  private final String columns;
  private final String order;
  private final KeyBounds bounds;

  /**
   * @param kinds the kind of each key column
   */
  TableKeys(DataSource dataSource, SourceConfig config, List<KeyKind> kinds) {
    this.dataSource = dataSource;
    this.config = config;
    this.kinds = List.copyOf(kinds);
    this.columns = config.key().stream().map(SqlNames::quote).collect(Collectors.joining(", "));
    List<String> sorted = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      sorted.add(kinds.get(i).sorted(SqlNames.quote(config.key().get(i))));
    }
    this.bounds = new KeyBounds(kinds, sorted);
    this.order = " ORDER BY " + String.join(", ", sorted);
  }

  List<KeyKind> kinds() {
    return kinds;
  }

  /** The columns as a SELECT has them. */
  String columns() {
    return columns;
  }

  /** The number of the first column of a result that stands behind the key's. */
  int next() {
    return kinds.size() + 1;
  }

  KeyBounds bounds() {
    return bounds;
  }

  /** ORDER BY the key. */
  String order() {
    return order;
  }

  /** FROM the table, and WHERE with the scope, to which conditions are added with AND. */
  String from() {
    String where = config.where();
    return table() + " WHERE " + (where == null ? "1 = 1" : "(" + where + ")");
  }

  /** FROM the table. */
  String table() {
    return " FROM " + SqlNames.quote(config.table());
  }

  /** The key in the first columns of a result. */
  SaveKey read(ResultSet row) throws SQLException {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      parts.add(kinds.get(i).read(row, i + 1));
    }
    return new SaveKey(parts);
  }

  /**
   * Selects the key's columns, then {@code selected}, of the rows of {@code keys} that are in
   * scope, in the key's order.
   */
  void select(String selected, List<SaveKey> keys, LongRows.RowReader reader) throws SQLException {
    select(selected, from(), keys, reader);
  }

  /** The same of all rows of the table, in scope or not. */
  void selectAll(String selected, List<SaveKey> keys, LongRows.RowReader reader)
      throws SQLException {
    select(selected, table() + " WHERE TRUE", keys, reader);
  }

  private void select(String selected, String from, List<SaveKey> keys, LongRows.RowReader reader)
      throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    String sql =
        "SELECT " + columns + ", " + selected + from + " AND (" + anyOf(keys.size()) + ")" + order;
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      bind(select, keys);
      LongRows.each(select, reader);
    }
  }

  /** A condition with parameters for so many keys. */
  String anyOf(int keys) {
    String one =
        config.key().stream()
            .map(c -> SqlNames.quote(c) + " = ?")
            .collect(Collectors.joining(" AND ", "(", ")"));
    return String.join(" OR ", Collections.nCopies(keys, one));
  }

  /** Sets the parameters of {@link #anyOf}, the first ones of a statement. */
  void bind(PreparedStatement select, List<SaveKey> keys) throws SQLException {
    int parameter = 1;
    for (SaveKey key : keys) {
      for (int i = 0; i < kinds.size(); i++) {
        kinds.get(i).bind(select, parameter++, key.parts().get(i));
      }
    }
  }
}
