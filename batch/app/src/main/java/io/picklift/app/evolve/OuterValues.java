package io.picklift.app.evolve;

import io.picklift.app.config.SourceConfig;
import io.picklift.app.source.CarriedColumns;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SourceRow;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.SourceColumn;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.values.ColumnData;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a save's row in the source brought beside the BLOB, from the columns that have it in the
 * target: the source itself is not asked.
 */
final class OuterValues {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
  private static final int NANOS = 1_000;

  private final Mapping former;
  private final SourceConfig source;

  OuterValues(Mapping former, SourceConfig source) {
    this.former = former;
    this.source = source;
  }

  /** What the new mapping asks for and the target does not have; a line each. */
  List<String> missing(Mapping next) {
    List<String> missing = new ArrayList<>();
    Set<String> known = new HashSet<>(source.key());
    known.add(SourceColumn.SOURCE);
    known.add(SourceColumn.KEY_SHA256);
    columns(former).forEach(column -> known.add(column.column()));
    for (TableMapping table : next.tables()) {
      for (StoredColumn column : table.stored()) {
        SourceColumn from = column.source();
        if (from != null && !known.contains(from.column())) {
          missing.add(
              table.name()
                  + "."
                  + column.name()
                  + ": no table has the source's '"
                  + from.column()
                  + "' yet, and the source is not read");
        }
        if (column.isBeside()) {
          missing.add(column.name() + ": documents in the source's own table are not rewritten");
        }
      }
    }
    boolean haveGroups = next.groups().isEmpty() || isTold();
    if (!splits(former).equals(splits(next)) || !haveGroups) {
      missing.add("split: which of the saves' rows have which value is known to the source alone");
    }
    return missing;
  }

  /** Whether each save's own row says which value the source is split by it has. */
  private boolean isTold() {
    String by = source.splitBy();
    return by != null
        && (source.key().contains(by)
            || former.tables().stream()
                .filter(table -> table.source() instanceof RowSource.Root)
                .allMatch(
                    table ->
                        table.stored().stream()
                            .anyMatch(
                                column ->
                                    column.source() != null
                                        && column.source().column().equals(by))));
  }

  private static List<SourceColumn> columns(Mapping mapping) {
    List<SourceColumn> columns = new ArrayList<>();
    for (TableMapping table : mapping.tables()) {
      for (StoredColumn column : table.stored()) {
        if (column.source() != null) {
          columns.add(column.source());
        }
      }
    }
    return columns;
  }

  private static Set<Set<String>> splits(Mapping mapping) {
    Set<Set<String>> splits = new HashSet<>();
    for (TableMapping table : mapping.tables()) {
      if (table.source() instanceof RowSource.Root root && !root.split().isEmpty()) {
        splits.add(Set.copyOf(root.split()));
      }
    }
    return splits;
  }

  /** The row of a save. */
  SourceRow row(SaveKey key, SaveRows rows) {
    Map<String, String> values = new HashMap<>();
    for (TableMapping table : former.tables()) {
      if (rows.table(table.number()).size() > 0) {
        add(table, rows, values);
      }
    }
    return new SourceRow(key, null, null, Map.of(), null, new CarriedColumns(values, null), null);
  }

  private void add(TableMapping table, SaveRows rows, Map<String, String> values) {
    for (int i = 0; i < table.stored().size(); i++) {
      SourceColumn from = table.stored().get(i).source();
      String text = from == null ? null : text(rows.table(table.number()).column(i));
      if (from != null && text != null) {
        values.put(from.column(), text);
      }
    }
  }

  /**
   * The value that a save's row had in the column that the source is split by when the save was
   * migrated: what its cell says now may have been edited.
   *
   * @param row what {@link #row} gave of the rows
   * @param group what the residue says; null where the mapping has no columns for the value
   * @throws NotEvolvedException where the cell has another group's value
   */
  @Nullable String split(SourceRow row, SaveRows rows, @Nullable String group)
      throws NotEvolvedException {
    String by = source.splitBy();
    if (by == null || group != null) {
      return group;
    }
    String cell = row.outer(source.key(), by);
    if (source.key().contains(by)) {
      return cell;
    }
    for (TableMapping table : former.tables()) {
      if (table.source() instanceof RowSource.Root root
          && !root.split().isEmpty()
          && rows.table(table.number()).size() > 0) {
        // Any of the values leads to the same table.
        return cell != null && root.split().contains(cell) ? cell : root.split().get(0);
      }
    }
    if (cell != null && former.groups().contains(cell)) {
      throw new NotEvolvedException(
          by + " was changed to '" + cell + "' in the tables, and the save is none of these");
    }
    return cell;
  }

  /** As the source's server gives a value; null for NULL. */
  private static @Nullable String text(ColumnData cells) {
    if (cells.isNull(0)) {
      return null;
    }
    return switch (cells.type().base()) {
      case DATETIME -> EPOCH.plus(cells.number(0), ChronoUnit.MICROS).toString();
      case DATE -> LocalDate.ofEpochDay(cells.number(0)).toString();
      case TIME -> LocalTime.ofNanoOfDay(cells.number(0) * NANOS).toString();
      case BIGINT ->
          cells.type().unsigned()
              ? Long.toUnsignedString(cells.number(0))
              : Long.toString(cells.number(0));
      case BINARY, VARBINARY, BLOB, MEDIUMBLOB, LONGBLOB ->
          HexFormat.of().formatHex(cells.pool(), cells.start(0), cells.end(0));
      case DECIMAL, VARCHAR, TEXT, MEDIUMTEXT, LONGTEXT, JSON ->
          new String(
              cells.pool(),
              cells.start(0),
              cells.end(0) - cells.start(0),
              cells.type().base() == ColumnType.Base.DECIMAL
                  ? StandardCharsets.US_ASCII
                  : StandardCharsets.UTF_8);
      case BOOLEAN, TINYINT, SMALLINT, MEDIUMINT, INT, DOUBLE -> cells.value(0).toString();
    };
  }
}
