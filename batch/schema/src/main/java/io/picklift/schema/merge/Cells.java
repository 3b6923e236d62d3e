package io.picklift.schema.merge;

import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.IndexMapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.CellText;
import io.picklift.schema.tables.values.ColumnData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which cells of a row belong together, and what they hold. */
final class Cells {
  private Cells() {}

  /**
   * The columns that a merge looks at, owners and positions aside: those that show one place of the
   * save are changed together, such as a date and its zone.
   */
  static List<int[]> groups(TableMapping table) {
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < table.stored().size(); i++) {
      StoredColumn column = table.stored().get(i);
      switch (column.role()) {
        case CLASS, KEY, VALUE, REFERENCE, OFFSET, KIND, DTYPE, SHAPE -> {
          ColumnMapping mapped = column.mapping();
          String path =
              mapped == null
                  ? "\n" + column.role()
                  : column.role() == StoredColumn.Role.CLASS
                      ? "\n" + column.role() + " " + mapped.path()
                      : mapped.path().toString();
          groups.computeIfAbsent(path, p -> new ArrayList<>()).add(i);
        }
        case OWNER, POSITION, UNFIT, COMPUTED, SOURCE, DOCUMENT, GENERATED -> {}
      }
    }
    return groups.values().stream()
        .map(columns -> columns.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  /** Whether two cells of columns of one type hold the same; JSON documents by what they say. */
  static boolean areSame(ColumnData some, int row, ColumnData others, int otherRow) {
    return some.sameCell(row, others, otherRow)
        || (some.type().base() == ColumnType.Base.JSON
            && !some.isNull(row)
            && !others.isNull(otherRow)
            && JsonReader.document(some, row).equals(JsonReader.document(others, otherRow)));
  }

  /** The columns whose values, none of them NULL, a save has once in a table, or an owner has. */
  static @Nullable List<Integer> unique(TableMapping table) {
    String owner = table.source() instanceof RowSource.Each each ? each.ownerColumn() : "";
    for (IndexMapping index : table.indexes()) {
      List<Integer> columns = new ArrayList<>();
      boolean isOfValues = index.unique();
      for (String name : index.columns()) {
        StoredColumn column = table.column(name);
        if (column != null && column.role() == StoredColumn.Role.VALUE) {
          columns.add(table.columnNumber(name));
        } else {
          isOfValues &= name.equals(TableMapping.SAVE_ID) || name.equals(owner);
        }
      }
      if (isOfValues && !columns.isEmpty()) {
        return columns;
      }
    }
    return null;
  }

  /** The cells of these columns as a text that tells them from others; null where one is NULL. */
  static @Nullable String token(TableRows rows, int row, List<Integer> columns) {
    StringBuilder token = new StringBuilder();
    for (int column : columns) {
      ColumnData cells = rows.column(column);
      if (cells.isNull(row)) {
        return null;
      }
      Object value = cells.value(row);
      String text = value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : "" + value;
      token.append(text.length()).append(' ').append(text);
    }
    return token.toString();
  }

  /** The rows by these cells, those left out that have none. */
  static Map<String, Integer> byToken(TableRows rows, Iterable<Integer> of, List<Integer> columns) {
    Map<String, Integer> byToken = new HashMap<>();
    for (int row : of) {
      String token = token(rows, row, columns);
      if (token != null) {
        byToken.put(token, row);
      }
    }
    return byToken;
  }

  /** What a cell holds, for people. */
  static String text(TableRows rows, int row, int column) {
    ColumnData cells = rows.column(column);
    if (cells.isNull(row)) {
      return "NULL";
    }
    String text =
        switch (cells.type().base()) {
          case DATETIME -> CellText.dateTime(cells.number(row), ' ');
          case DATE -> CellText.date(cells.number(row));
          case TIME -> CellText.time(cells.number(row));
          default ->
              cells.value(row) instanceof byte[] bytes
                  ? "0x" + HexFormat.of().formatHex(bytes)
                  : "" + cells.value(row);
        };
    return cells.type().base().isText() ? "'" + text + "'" : text;
  }
}
