package io.picklift.schema.testing;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.ColumnData;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A save's rows as a list of maps, to be edited as SQL would and made rows again. */
public final class EditableRows {
  /** One row; cells are null, Long or bytes. */
  public static final class Row {
    public final int ordinal;
    public final Map<String, @Nullable Object> cells = new HashMap<>();

    Row(int ordinal) {
      this.ordinal = ordinal;
    }
  }

  private final Mapping mapping;
  private final long saveId;
  private final Map<String, List<Row>> tables = new LinkedHashMap<>();

  public EditableRows(Mapping mapping, SaveRows rows) {
    this.mapping = mapping;
    saveId = rows.saveId();
    for (TableRows table : rows.tables()) {
      List<Row> all = new ArrayList<>();
      for (int r = 0; r < table.size(); r++) {
        Row row = new Row(table.ordinal(r));
        for (int c = 0; c < table.table().stored().size(); c++) {
          ColumnData cells = table.column(c);
          row.cells.put(table.table().stored().get(c).name(), cell(cells, r));
        }
        all.add(row);
      }
      tables.put(table.table().name(), all);
    }
  }

  private static @Nullable Object cell(ColumnData cells, int row) {
    if (cells.isNull(row)) {
      return null;
    }
    return cells.isWide()
        ? (Object) Arrays.copyOfRange(cells.pool(), cells.start(row), cells.end(row))
        : (Object) cells.number(row);
  }

  public List<Row> table(String name) {
    List<Row> rows = tables.get(name);
    if (rows == null) {
      throw new IllegalArgumentException(name);
    }
    return rows;
  }

  /** All cells of a table but the places of rows, which those of a set have in any order. */
  public String text(String table) {
    return table(table).stream()
        .map(row -> text(row.cells))
        .sorted()
        .collect(Collectors.joining("; "));
  }

  private static String text(Map<String, @Nullable Object> cells) {
    return new TreeMap<>(cells)
        .entrySet().stream()
            .filter(cell -> !cell.getKey().equals("position"))
            .map(
                cell ->
                    cell.getKey()
                        + "="
                        + (cell.getValue() instanceof byte[] bytes
                            ? new String(bytes, StandardCharsets.UTF_8)
                            : cell.getValue()))
            .collect(Collectors.joining(","));
  }

  public Row row(String table, int ordinal) {
    return table(table).stream().filter(row -> row.ordinal == ordinal).findFirst().orElseThrow();
  }

  public void delete(String table, int ordinal) {
    if (!table(table).removeIf(row -> row.ordinal == ordinal)) {
      throw new IllegalArgumentException(table + " has no row " + ordinal);
    }
  }

  /** Adds a row; columns that are not named are NULL. */
  public Row insert(String table, int ordinal, Map<String, ?> values) {
    Row row = new Row(ordinal);
    table(table).add(row);
    values.forEach((column, value) -> set(table, row, column, value));
    return row;
  }

  public void set(String table, int ordinal, String column, @Nullable Object value) {
    set(table, row(table, ordinal), column, value);
  }

  private void set(String name, Row row, String column, @Nullable Object value) {
    TableMapping table = mapping.table(name);
    StoredColumn stored = table == null ? null : table.column(column);
    if (stored == null) {
      throw new IllegalArgumentException(name + "." + column);
    }
    Object cell = value;
    if (value instanceof String text && stored.type().base() == ColumnType.Base.DATE) {
      cell = LocalDate.parse(text).toEpochDay();
    } else if (value instanceof String text && stored.type().base() == ColumnType.Base.DATETIME) {
      LocalDateTime at = LocalDateTime.parse(text.replace(' ', 'T'));
      cell = ChronoUnit.MICROS.between(Instant.EPOCH, at.toInstant(ZoneOffset.UTC));
    } else if (value instanceof String text) {
      cell = text.getBytes(StandardCharsets.UTF_8);
    } else if (value instanceof Integer number) {
      cell = number.longValue();
    } else if (value instanceof Boolean bool) {
      cell = bool ? 1L : 0L;
    }
    if (cell instanceof Long number && stored.type().base() == ColumnType.Base.DOUBLE) {
      cell = Double.doubleToRawLongBits(number);
    } else if (cell instanceof Double number) {
      cell = Double.doubleToRawLongBits(number);
    }
    row.cells.put(column, cell);
  }

  public SaveRows rows() throws LimitException {
    SaveRows made = new SaveRows(mapping, saveId, Memory.beside(0, Limits.defaults()));
    for (TableMapping table : mapping.tables()) {
      TableRows to = made.table(table.number());
      List<Row> rows = new ArrayList<>(table(table.name()));
      rows.sort(Comparator.comparingInt(row -> row.ordinal));
      for (Row row : rows) {
        for (int c = 0; c < table.stored().size(); c++) {
          Object cell = row.cells.get(table.stored().get(c).name());
          if (cell == null) {
            to.column(c).addNull();
          } else if (cell instanceof Long number) {
            to.column(c).add(number);
          } else {
            to.column(c).add((byte[]) cell);
          }
        }
        to.endRow(row.ordinal);
      }
    }
    return made;
  }
}
