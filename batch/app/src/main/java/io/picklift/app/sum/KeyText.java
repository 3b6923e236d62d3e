package io.picklift.app.sum;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL that makes of the columns of a key the text that the ledger has: of one column its value,
 * of several a JSON array. As bytes, so that no collation has a say.
 */
public final class KeyText {
  private static final int FIRST_UNESCAPED = ' ';

  private KeyText() {}

  /**
   * The key.
   *
   * @param columns expressions whose values are text in UTF-8
   */
  public static String of(List<String> columns) {
    if (columns.size() == 1) {
      return columns.get(0);
    }
    return columns.stream()
        .map(column -> escaped("CAST(" + column + " AS BINARY)"))
        .collect(Collectors.joining(", '\",\"', ", "CONCAT('[\"', ", ", '\"]')"));
  }

  /** As Jackson escapes a text: the backslash first, which the others are escaped by. */
  private static String escaped(String bytes) {
    String sql = replaced(bytes, '\\', "\\\\");
    sql = replaced(sql, '"', "\\\"");
    for (char c = 0; c < FIRST_UNESCAPED; c++) {
      sql = replaced(sql, c, escape(c));
    }
    return sql;
  }

  private static String escape(char control) {
    return switch (control) {
      case '\b' -> "\\b";
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case '\f' -> "\\f";
      case '\r' -> "\\r";
      default -> "\\u%04X".formatted((int) control);
    };
  }

  /** In hex, a backslash is one whatever the sql_mode. */
  private static String replaced(String bytes, char what, String by) {
    String hex = by.chars().mapToObj("%02X"::formatted).collect(Collectors.joining());
    return "REPLACE(%s, X'%02X', X'%s')".formatted(bytes, (int) what, hex);
  }
}
