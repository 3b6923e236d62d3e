package io.picklift.app.demo;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Prints a query's result as a table of text. */
final class TextTable {
  private static final int WIDEST = 48;

  private TextTable() {}

  /** The lines, header first. */
  static List<String> of(ResultSet rows) throws SQLException {
    ResultSetMetaData meta = rows.getMetaData();
    int columns = meta.getColumnCount();
    List<List<String>> cells = new ArrayList<>();
    List<String> header = new ArrayList<>();
    List<Boolean> isNumber = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      header.add(meta.getColumnLabel(i));
      isNumber.add(Number.class.isAssignableFrom(type(meta.getColumnClassName(i))));
    }
    cells.add(header);
    while (rows.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        row.add(cell(rows.getString(i)));
      }
      cells.add(row);
    }
    return lines(cells, isNumber);
  }

  private static Class<?> type(String name) {
    return switch (name) {
      case "java.lang.Integer", "java.lang.Long", "java.lang.Double" -> Number.class;
      case "java.math.BigDecimal", "java.math.BigInteger" -> Number.class;
      default -> Object.class;
    };
  }

  private static String cell(@org.jspecify.annotations.Nullable String value) {
    if (value == null) {
      return "NULL";
    }
    String line = value.replaceAll("\\s+", " ");
    int length = line.codePointCount(0, line.length());
    return length <= WIDEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, WIDEST - 1)) + "…";
  }

  private static List<String> lines(List<List<String>> cells, List<Boolean> isNumber) {
    int columns = isNumber.size();
    int[] widths = new int[columns];
    for (List<String> row : cells) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String padding = " ".repeat(widths[i] - length(row.get(i)));
        line.append(i == 0 ? "" : "  ");
        line.append(isNumber.get(i) ? padding + row.get(i) : row.get(i) + padding);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
