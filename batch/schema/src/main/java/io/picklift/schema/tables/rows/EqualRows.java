package io.picklift.schema.tables.rows;

import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.values.ColumnData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Two rows of one container that have the same key, or in a table without keys the same value.
 *
 * @param owner the ordinal of the row whose container it is
 * @param message which rows, and what they have in common
 */
public record EqualRows(long owner, String message) {
  /**
   * The first two of a table.
   *
   * @param isOwner whether an owner's container has lost a row
   * @param isSet whether members without a key have to be different
   */
  public static @Nullable EqualRows of(TableRows rows, LongPredicate isOwner, boolean isSet) {
    TableMapping table = rows.table();
    if (!(table.source() instanceof RowSource.Each each)) {
      return null;
    }
    List<Integer> columns = columns(table, isSet);
    ColumnData owners = rows.column(table.columnNumber(each.ownerColumn()));
    Map<List<String>, Integer> met = new HashMap<>();
    for (int row = 0; row < rows.size() && !columns.isEmpty(); row++) {
      if (owners.isNull(row) || !isOwner.test(owners.number(row))) {
        continue;
      }
      List<String> key = new ArrayList<>();
      key.add(Long.toString(owners.number(row)));
      for (int column : columns) {
        key.add(ShownCell.text(table.stored().get(column).type(), rows.column(column), row));
      }
      Integer other = met.putIfAbsent(key, row);
      if (other != null) {
        return new EqualRows(owners.number(row), message(rows, columns, other, row, key));
      }
    }
    return null;
  }

  /** The columns of the key, or of a set's members. */
  private static List<Integer> columns(TableMapping table, boolean isSet) {
    List<Integer> keys = new ArrayList<>();
    List<Integer> values = new ArrayList<>();
    for (int column = 0; column < table.stored().size(); column++) {
      StoredColumn stored = table.stored().get(column);
      ColumnMapping mapped = stored.mapping();
      boolean holds =
          stored.role() == StoredColumn.Role.VALUE || stored.role() == StoredColumn.Role.REFERENCE;
      boolean isKey =
          stored.role() == StoredColumn.Role.KEY
              || (holds && mapped != null && mapped.path().isOfKey());
      if (isKey) {
        keys.add(column);
      } else if (holds) {
        values.add(column);
      }
    }
    return keys.isEmpty() && isSet ? values : keys;
  }

  private static String message(
      TableRows rows, List<Integer> columns, int one, int other, List<String> key) {
    List<StoredColumn> stored = rows.table().stored();
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      cells.add(key.get(i + 1) + " in " + stored.get(columns.get(i)).name());
    }
    return "rows "
        + rows.ordinal(one)
        + " and "
        + rows.ordinal(other)
        + " of table "
        + rows.table().name()
        + " both have "
        + cells.stream().collect(Collectors.joining(", "))
        + ", and Python keeps one of two that are equal: change or delete one";
  }
}
