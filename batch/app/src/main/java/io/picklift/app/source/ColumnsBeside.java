package io.picklift.app.source;

import io.picklift.app.config.SourceConfig;
import io.picklift.schema.tables.rows.SqlNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The columns beside the BLOB: those that are carried into the target, and copies to be checked.
 */
final class ColumnsBeside {
  private final SourceConfig config;
  private final Map<String, KeyKind> carriedKinds;

  /**
   * @param carriedKinds the kinds of the columns that are carried
   */
  ColumnsBeside(SourceConfig config, Map<String, KeyKind> carriedKinds) {
    this.config = config;
    this.carriedKinds = Map.copyOf(carriedKinds);
  }

  /**
   * The hash of all that is carried and of {@link SourceConfig#hashedCopies}, each value in a form
   * that is taken for no other.
   */
  String hash() {
    List<String> parts = new ArrayList<>();
    for (String column : config.carry()) {
      parts.add("COALESCE(HEX(CAST(" + SqlNames.quote(column) + " AS BINARY)), '-')");
    }
    for (String column : config.hashedCopies()) {
      parts.add("COALESCE(SHA2(CAST(" + SqlNames.quote(column) + " AS BINARY), 256), '-')");
    }
    return parts.isEmpty()
        ? "NULL"
        : parts.stream().collect(Collectors.joining(", ", "SHA2(CONCAT_WS(',', ", "), 256)"));
  }

  /** What is carried, and its hash, which stand in the result from this column on. */
  CarriedColumns carried(ResultSet row, int first) throws SQLException {
    Map<String, String> carried = new LinkedHashMap<>();
    int column = first;
    for (String name : config.carry()) {
      String value = carriedKinds.getOrDefault(name, KeyKind.TEXT).readOrNull(row, column++);
      if (value != null) {
        carried.put(name, value);
      }
    }
    return new CarriedColumns(carried, row.getString(column));
  }

  /** The copies to check, which stand in the result from this column on. */
  Map<String, String> copies(ResultSet row, int first) throws SQLException {
    Map<String, String> values = new LinkedHashMap<>();
    int column = first;
    for (String name : config.columns().keySet()) {
      String value = row.getString(column++);
      if (value != null) {
        values.put(name, value);
      }
    }
    return Collections.unmodifiableMap(values);
  }
}
