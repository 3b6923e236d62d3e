package io.picklift.schema.tables.rows;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.tables.values.CellText;
import io.picklift.schema.tables.values.ColumnData;
import java.util.HexFormat;

/** What a cell has, as a message shows it. */
public final class ShownCell {
  private static final int LONGEST = 80;

  private ShownCell() {}

  /** The whole value, of whatever length. */
  public static String text(ColumnType type, ColumnData cells, int row) {
    if (cells.isNull(row)) {
      return "NULL";
    }
    return switch (type.base()) {
      case DATE -> CellText.date(cells.number(row));
      case DATETIME -> CellText.dateTime(cells.number(row), ' ');
      case TIME -> CellText.time(cells.number(row));
      default -> {
        Object value = cells.value(row);
        yield value instanceof byte[] bytes
            ? bytes.length + " bytes " + HexFormat.of().formatHex(bytes)
            : value instanceof String text ? "'" + text + "'" : value.toString();
      }
    };
  }

  /** The same, cut where it is long. */
  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  /** What a cell has and what it would have, each cut where it is long. */
  public static String both(ColumnType type, ColumnData one, ColumnData other, int row) {
    return cut(text(type, one, row)) + " and would come back as " + cut(text(type, other, row));
  }
}
