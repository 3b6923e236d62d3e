package io.picklift.schema.tables.rows;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.ValuePath;

/**
 * Columns that the server takes out of a document: NULL where nothing stands at the path, or a
 * value of another type. So no document is refused for what such a column would make of it.
 */
public final class GeneratedColumns {
  private GeneratedColumns() {}

  /** What stands in the DDL behind name and type; MySQL and MariaDB both take it. */
  static String definition(ColumnType type, StoredColumn.Generated column) {
    return " GENERATED ALWAYS AS (" + expression(type, column) + ") VIRTUAL";
  }

  /** An expression over the document's column. */
  public static String expression(ColumnType type, StoredColumn.Generated column) {
    String value =
        "JSON_EXTRACT(" + SqlNames.quote(column.of()) + ", '" + jsonPath(column.path()) + "')";
    String text = "JSON_UNQUOTE(" + value + ")";
    return switch (type.base()) {
      case BOOLEAN -> whereIs(value, "'BOOLEAN'", text + " = 'true'");
      case BIGINT -> whereIs(value, "'INTEGER'", "CAST(" + text + " AS SIGNED)");
      case DOUBLE ->
          whereIs(
              value,
              "'INTEGER', 'UNSIGNED INTEGER', 'DECIMAL', 'DOUBLE'",
              "CAST(" + text + " AS DOUBLE)");
      default ->
          whereIs(
              value,
              "'STRING'",
              "CASE WHEN CHAR_LENGTH(" + text + ") <= " + type.size() + " THEN " + text + " END");
    };
  }

  private static String whereIs(String value, String types, String then) {
    return "CASE WHEN JSON_TYPE(" + value + ") IN (" + types + ") THEN " + then + " END";
  }

  /** Like {@code $."home"."city"[2]}, for a literal between single quotes. */
  static String jsonPath(ValuePath path) {
    StringBuilder json = new StringBuilder("$");
    for (ValuePath.Step step : path.steps()) {
      if (step instanceof ValuePath.Name name) {
        String quoted = name.name().replace("\\", "\\\\").replace("\"", "\\\"");
        json.append(".\"").append(quoted).append('"');
      } else if (step instanceof ValuePath.Place place) {
        json.append('[').append(place.place()).append(']');
      }
    }
    return json.toString().replace("\\", "\\\\").replace("'", "''");
  }
}
