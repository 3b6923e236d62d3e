package io.picklift.app.target;

import io.picklift.app.source.SourceRow;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.SourceColumn;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.split.RowComputer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a root table that hold values of the source's row: its key, and the columns of
 * {@code carry}.
 */
public final class SourceCells implements RowComputer {
  private final RowComputer others;
  private final Mapping mapping;
  private final List<String> key;
  private final String source;
  private final SourceRow row;

  /**
   * @param others computes all other columns
   * @param key the columns of the source's key, in the order of its values
   * @param source what the ledger calls the source
   */
  SourceCells(RowComputer others, Mapping mapping, List<String> key, String source, SourceRow row) {
    this.others = others;
    this.mapping = mapping;
    this.key = key;
    this.source = source;
    this.row = row;
  }

  /** Whether some table of a mapping has such a column. */
  static boolean areIn(Mapping mapping) {
    return mapping.tables().stream()
        .flatMap(table -> table.stored().stream())
        .anyMatch(column -> column.source() != null);
  }

  /** Whether some table of a mapping has a column of the row that is not of its key. */
  public static boolean areCarried(Mapping mapping, List<String> key) {
    return mapping.tables().stream()
        .flatMap(table -> table.stored().stream())
        .map(StoredColumn::source)
        .anyMatch(
            from ->
                from != null
                    && !from.column().equals(SourceColumn.SOURCE)
                    && !from.column().equals(SourceColumn.KEY_SHA256)
                    && !key.contains(from.column()));
  }

  @Override
  public @Nullable Object cell(int table, int column, Meaning meaning, int node) throws Failure {
    TableMapping of = mapping.tables().get(table);
    StoredColumn stored = of.stored().get(column);
    SourceColumn from = stored.source();
    if (from == null) {
      return others.cell(table, column, meaning, node);
    }
    try {
      return value(from.column(), stored.type());
    } catch (NumberFormatException | DateTimeException e) {
      throw new Failure("the source's " + from.column() + " is no " + stored.type().sql(), e);
    }
  }

  private boolean isSource(int table, int column) {
    return mapping.tables().get(table).stored().get(column).source() != null;
  }

  @Override
  public boolean refuses(int table, int column) {
    return isSource(table, column) || others.refuses(table, column);
  }

  @Override
  public void failed(int table, int column, String message) {
    others.failed(table, column, message);
  }

  @Override
  public String where(int table, int column) {
    return isSource(table, column) ? "" : others.where(table, column);
  }

  private @Nullable Object value(String column, ColumnType type) {
    if (column.equals(SourceColumn.SOURCE)) {
      return source;
    }
    if (column.equals(SourceColumn.KEY_SHA256)) {
      return row.key().sha256();
    }
    String text = row.outer(key, column);
    return text == null ? null : parsed(text, type);
  }

  private static Object parsed(String text, ColumnType type) {
    if (type.base().isInteger()) {
      return new BigInteger(text);
    }
    return switch (type.base()) {
      case BOOLEAN -> new BigDecimal(text).signum() != 0;
      case DOUBLE -> Double.valueOf(text);
      case DECIMAL -> new BigDecimal(text);
      case DATETIME -> LocalDateTime.parse(text.replace(' ', 'T'));
      case DATE -> LocalDate.parse(text);
      case TIME -> LocalTime.parse(text);
      case BINARY, VARBINARY, BLOB, MEDIUMBLOB, LONGBLOB -> bytes(text);
      default -> text;
    };
  }

  private static byte[] bytes(String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      throw new NumberFormatException(String.valueOf(e.getMessage()));
    }
  }
}
