package io.picklift.app.detect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns of a server, or of one schema, that can hold pickles: bytes and text. */
final class ColumnList {
  private static final String COLUMNS =
      """
      SELECT c.TABLE_SCHEMA, c.TABLE_NAME, c.COLUMN_NAME, c.COLUMN_TYPE, t.TABLE_ROWS
      FROM information_schema.columns c
      JOIN information_schema.tables t
        ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME
      WHERE t.TABLE_TYPE = 'BASE TABLE'
        AND c.DATA_TYPE IN ('binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob',
          'char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'json')
        AND c.CHARACTER_MAXIMUM_LENGTH >= 16
        AND (? IS NULL OR c.TABLE_SCHEMA = ?)
        AND c.TABLE_SCHEMA NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')
        AND c.TABLE_NAME NOT LIKE 'picklift\\_%' AND c.TABLE_NAME NOT LIKE 'PICKLIFT\\_%'
      ORDER BY c.TABLE_SCHEMA, c.TABLE_NAME, c.ORDINAL_POSITION
      """;

  private static final String KEYS =
      """
      SELECT s.INDEX_NAME, s.COLUMN_NAME, s.NULLABLE
      FROM information_schema.statistics s
      WHERE s.TABLE_SCHEMA = ? AND s.TABLE_NAME = ? AND s.NON_UNIQUE = 0
      ORDER BY s.INDEX_NAME <> 'PRIMARY', s.INDEX_NAME, s.SEQ_IN_INDEX
      """;

  private ColumnList() {}

  /** Lists them by schema, table and position. */
  static List<CandidateColumn> of(Connection connection, @Nullable String schema)
      throws SQLException {
    List<CandidateColumn> columns = new ArrayList<>();
    Map<String, List<String>> keys = new LinkedHashMap<>();
    Map<String, Set<String>> schemas = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(COLUMNS)) {
      select.setString(1, schema);
      select.setString(2, schema);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String owner = row.getString(1);
          String table = row.getString(2);
          String place = owner + "\0" + table;
          List<String> key = keys.get(place);
          if (key == null) {
            key = key(connection, owner, table);
            keys.put(place, key);
          }
          Set<String> tables = schemas.get(owner);
          if (tables == null) {
            tables = tables(connection, owner);
            schemas.put(owner, tables);
          }
          columns.add(
              new CandidateColumn(
                  owner, table, row.getString(3), row.getString(4), row.getLong(5), key, tables));
        }
      }
    }
    return columns;
  }

  private static Set<String> tables(Connection connection, String schema) throws SQLException {
    String sql = "SELECT TABLE_NAME FROM information_schema.tables WHERE TABLE_SCHEMA = ?";
    Set<String> tables = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, schema);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          tables.add(row.getString(1).toLowerCase(Locale.ROOT));
        }
      }
    }
    return tables;
  }

  private static List<String> key(Connection connection, String schema, String table)
      throws SQLException {
    Map<String, List<String>> indexes = new LinkedHashMap<>();
    List<String> nullable = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(KEYS)) {
      select.setString(1, schema);
      select.setString(2, table);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String index = row.getString(1);
          indexes.computeIfAbsent(index, name -> new ArrayList<>()).add(row.getString(2));
          if ("YES".equals(row.getString(3))) {
            nullable.add(index);
          }
        }
      }
    }
    nullable.forEach(indexes::remove);
    return indexes.isEmpty() ? List.of() : indexes.values().iterator().next();
  }
}
