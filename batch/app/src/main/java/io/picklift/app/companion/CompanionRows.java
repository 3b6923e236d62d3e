package io.picklift.app.companion;

import static io.picklift.schema.tables.rows.SqlNames.quote;

import io.picklift.app.source.SaveKey;
import io.picklift.schema.mapping.ColumnType.Base;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads what the target has of a companion. */
final class CompanionRows {
  private final DataSource target;
  private final CompanionTable table;
  private final RefusedRows refused;

  CompanionRows(DataSource target, CompanionTable table) {
    this.target = target;
    this.table = table;
    this.refused = new RefusedRows(table.name());
  }

  /**
   * What the target has of a row.
   *
   * @param sha256 of the source's row that it was made of
   * @param isNew whether it was written since the given time
   */
  record State(String sha256, boolean isRefused, boolean isNew) {}

  /**
   * A row as it is in the target.
   *
   * @param cells of the table's columns in their order
   */
  record Stored(String sha256, List<CompanionCell> cells) {}

  /** What the target has of these keys; one that it has nothing of is left out. */
  Map<SaveKey, State> find(Collection<SaveKey> keys, String began) throws SQLException {
    String sql =
        "SELECT %s, LOWER(HEX(%s)), %s >= ? FROM %s WHERE %s"
            .formatted(
                KeyConditions.selected(table),
                quote(CompanionTable.ROW_SHA256),
                quote(CompanionTable.COPIED_AT),
                quote(table.name()),
                KeyConditions.any(table, keys.size()));
    Map<SaveKey, State> found = new HashMap<>();
    try (Connection connection = target.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      refused
          .find(connection, keys)
          .forEach((key, sha256) -> found.put(key, new State(sha256, true, false)));
      select.setString(1, began);
      KeyConditions.bind(table, select, 2, keys);
      int column = table.key().size() + 1;
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          State state = new State(row.getString(column), false, row.getBoolean(column + 1));
          found.put(KeyConditions.key(table, row, 1), state);
        }
      }
    }
    return found;
  }

  /** The rows of these keys; one that is not there is left out. */
  Map<SaveKey, Stored> read(Collection<SaveKey> keys) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (CompanionColumn column : table.columns()) {
      columns.add(selected(column));
      if (column.hasBeside()) {
        columns.add(quote(column.beside()));
      }
    }
    columns.add("LOWER(HEX(" + quote(CompanionTable.ROW_SHA256) + "))");
    String sql =
        "SELECT %s, %s FROM %s WHERE %s"
            .formatted(
                KeyConditions.selected(table),
                String.join(", ", columns),
                quote(table.name()),
                KeyConditions.any(table, keys.size()));
    Map<SaveKey, Stored> found = new HashMap<>();
    try (Connection connection = target.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      KeyConditions.bind(table, select, 1, keys);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.put(KeyConditions.key(table, row, 1), stored(row));
        }
      }
    }
    return found;
  }

  /** Numbers and times as text that the server does not shorten. */
  private static String selected(CompanionColumn column) {
    String name = quote(column.name());
    boolean isPlain = column.type().base() == Base.DOUBLE || isBytes(column);
    return isPlain ? name : "CAST(" + name + " AS CHAR)";
  }

  private static boolean isBytes(CompanionColumn column) {
    return column.type().base().isBytes() || column.type().base() == Base.BINARY;
  }

  private Stored stored(ResultSet row) throws SQLException {
    int number = table.key().size() + 1;
    List<CompanionCell> cells = new ArrayList<>();
    for (CompanionColumn column : table.columns()) {
      Object value = value(row, number++, column);
      Object beside = null;
      if (column.hasBeside()) {
        boolean isBytes = column.source().family() == DeclaredType.Family.BYTES;
        beside = isBytes ? row.getBytes(number) : row.getString(number);
        number++;
      }
      cells.add(new CompanionCell(value, beside));
    }
    return new Stored(row.getString(number), Collections.unmodifiableList(cells));
  }

  private static @Nullable Object value(ResultSet row, int number, CompanionColumn column)
      throws SQLException {
    if (isBytes(column)) {
      return row.getBytes(number);
    }
    if (column.type().base() != Base.DOUBLE) {
      return row.getString(number);
    }
    double value = row.getDouble(number);
    return row.wasNull() ? null : (Object) value;
  }

  /** How many rows there are. */
  long count() throws SQLException {
    try (Connection connection = target.getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT COUNT(*) FROM " + quote(table.name()));
        ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** The next keys in the target's own order. */
  List<SaveKey> page(@Nullable SaveKey after, int limit) throws SQLException {
    String condition = after == null ? "" : " WHERE " + beyond();
    String sql =
        "SELECT %s FROM %s%s ORDER BY %s LIMIT %d"
            .formatted(
                KeyConditions.selected(table),
                quote(table.name()),
                condition,
                table.keyList(),
                limit);
    try (Connection connection = target.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      if (after != null) {
        int parameter = 1;
        for (int i = 0; i < table.key().size(); i++) {
          for (int j = 0; j <= i; j++) {
            table.key().get(j).kind().bind(select, parameter++, after.parts().get(j));
          }
        }
      }
      List<SaveKey> page = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          page.add(KeyConditions.key(table, row, 1));
        }
      }
      return page;
    }
  }

  private String beyond() {
    List<String> names = table.key().stream().map(key -> quote(key.name())).toList();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String equal =
          names.subList(0, i).stream()
              .map(name -> name + " = ? AND ")
              .collect(Collectors.joining());
      parts.add("(" + equal + names.get(i) + " > ?)");
    }
    return "(" + String.join(" OR ", parts) + ")";
  }
}
