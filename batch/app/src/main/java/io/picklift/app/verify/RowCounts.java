package io.picklift.app.verify;

import io.picklift.app.database.LongStatement;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SqlNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Counts the rows of the mapped tables, and the cells of each column that hold something. The
 * server goes over each table, so this is for a verification that goes over all saves anyway.
 *
 * @param tables rows by table
 * @param columns cells that are not NULL, by {@code table.column}
 * @param classes objects of the tables that have a row for each object of a class, by class
 */
record RowCounts(Map<String, Long> tables, Map<String, Long> columns, Map<String, Long> classes) {
  /** Nothing was counted. */
  static final RowCounts NONE = new RowCounts(Map.of(), Map.of(), Map.of());

  static RowCounts of(DataSource target, Mapping mapping) throws SQLException {
    return new LongStatement(target).run(connection -> of(connection, mapping));
  }

  private static RowCounts of(Connection connection, Mapping mapping) throws SQLException {
    RowCounts counts = new RowCounts(new LinkedHashMap<>(), new LinkedHashMap<>(), new TreeMap<>());
    try (Statement select = connection.createStatement()) {
      for (TableMapping table : mapping.tables()) {
        counts.add(select, table);
        if (table.source() instanceof RowSource.OfClass objects) {
          counts.add(select, table.name(), objects);
        }
      }
    }
    return counts;
  }

  private void add(Statement select, String table, RowSource.OfClass objects) throws SQLException {
    String column = objects.classColumn();
    if (column == null) {
      // Of several names, the first is that of today.
      classes.merge(objects.classes().get(0), tables.getOrDefault(table, 0L), Long::sum);
      return;
    }
    String sql =
        "SELECT %1$s, COUNT(*) FROM %2$s GROUP BY %1$s"
            .formatted(SqlNames.quote(column), SqlNames.quote(table));
    try (ResultSet row = select.executeQuery(sql)) {
      while (row.next()) {
        classes.merge(String.valueOf(row.getString(1)), row.getLong(2), Long::sum);
      }
    }
  }

  private void add(Statement select, TableMapping table) throws SQLException {
    List<StoredColumn> counted =
        table.stored().stream()
            .filter(
                it ->
                    it.role() == StoredColumn.Role.VALUE
                        || it.role() == StoredColumn.Role.REFERENCE)
            .toList();
    StringBuilder sql = new StringBuilder("SELECT COUNT(*)");
    counted.forEach(it -> sql.append(", COUNT(").append(SqlNames.quote(it.name())).append(')'));
    sql.append(" FROM ").append(SqlNames.quote(table.name()));
    try (ResultSet row = select.executeQuery(sql.toString())) {
      row.next();
      tables.put(table.name(), row.getLong(1));
      for (int i = 0; i < counted.size(); i++) {
        columns.put(table.name() + "." + counted.get(i).name(), row.getLong(i + 2));
      }
    }
  }
}
