package io.picklift.schema.tables.rows;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.values.ColumnData;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads back what {@link RowWriter} wrote. The connection and its transaction are the caller's. */
public final class RowReader {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
  private static final int NANOS = 1_000;

  private final Connection connection;
  private final Mapping mapping;
  private final Limits limits;

  /**
   * Reads with a connection.
   *
   * @param limits of each save
   */
  public RowReader(Connection connection, Mapping mapping, Limits limits) {
    this.connection = connection;
    this.limits = limits;
    this.mapping = mapping;
  }

  /**
   * The rows of one save; none where it has none.
   *
   * @throws LimitException where they take more memory than a save may
   */
  public SaveRows read(long saveId) throws SQLException, LimitException {
    return read(List.of(saveId)).get(0);
  }

  /** The rows of some saves, in the order asked for. */
  public List<SaveRows> read(Collection<Long> saveIds) throws SQLException, LimitException {
    Map<Long, SaveRows> saves = new LinkedHashMap<>();
    for (Long id : saveIds) {
      saves.put(id, new SaveRows(mapping, id, Memory.beside(0, limits)));
    }
    if (saves.isEmpty()) {
      return List.of();
    }
    String ids =
        saves.keySet().stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
    try (Statement statement = connection.createStatement()) {
      for (TableMapping table : mapping.tables()) {
        try (ResultSet rows = statement.executeQuery(select(table) + ids + order())) {
          read(rows, table, saves);
        }
      }
    }
    return List.copyOf(saves.values());
  }

  /** Asks for a table's rows of some saves, whose ids follow, and then {@link #order}. */
  static String select(TableMapping table) {
    StringBuilder sql = new StringBuilder("SELECT ");
    sql.append(SqlNames.quote(List.of(TableMapping.SAVE_ID, TableMapping.ORDINAL)));
    for (StoredColumn column : table.stored()) {
      if (column.isWritten()) {
        sql.append(", ").append(SqlNames.quote(column.name()));
      }
    }
    return sql.append(" FROM ")
        .append(SqlNames.quote(table.name()))
        .append(" WHERE ")
        .append(SqlNames.quote(TableMapping.SAVE_ID))
        .append(" IN (")
        .toString();
  }

  static String order() {
    return ") ORDER BY " + SqlNames.quote(List.of(TableMapping.SAVE_ID, TableMapping.ORDINAL));
  }

  private static void read(ResultSet rows, TableMapping table, Map<Long, SaveRows> saves)
      throws SQLException, LimitException {
    List<StoredColumn> stored = table.stored();
    while (rows.next()) {
      SaveRows save = saves.get(rows.getLong(1));
      if (save == null) {
        throw new SQLException("the server gave a row that was not asked for");
      }
      TableRows to = save.table(table.number());
      int at = 3;
      for (int i = 0; i < stored.size(); i++) {
        if (stored.get(i).isWritten()) {
          try {
            cell(rows, at++, to.column(i));
          } catch (SQLException e) {
            // A TIME of more than a day, a date of zeros: of one save, and no fault of the others.
            if (!isOfValue(e)) {
              throw e;
            }
            to.column(i).addNull();
            to.noteUnreadable(rows.getInt(2), stored.get(i).name());
          }
        } else {
          to.column(i).addNull();
        }
      }
      to.endRow(rows.getInt(2));
    }
  }

  /** Whether the driver has read a cell, and finds no value of its type in it. */
  static boolean isOfValue(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return e instanceof SQLDataException || state.startsWith("22") || state.equals("S1009");
  }

  static void cell(ResultSet rows, int at, ColumnData cells) throws SQLException {
    switch (cells.type().base()) {
      case BOOLEAN, TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> {
        long number = 0;
        if (cells.type().isWideUnsigned()) {
          BigDecimal wide = rows.getBigDecimal(at);
          number = wide == null ? 0 : wide.toBigIntegerExact().longValue();
        } else {
          number = rows.getLong(at);
        }
        if (rows.wasNull()) {
          cells.addNull();
        } else {
          cells.add(number);
        }
      }
      case DOUBLE -> {
        double number = rows.getDouble(at);
        if (rows.wasNull()) {
          cells.addNull();
        } else {
          cells.add(Double.doubleToRawLongBits(number));
        }
      }
      case DATETIME, DATE, TIME -> time(rows, at, cells);
      case BINARY, VARBINARY, BLOB, MEDIUMBLOB, LONGBLOB -> bytes(rows.getBytes(at), cells);
      case DECIMAL -> {
        // The driver gives small ones as text with an exponent.
        BigDecimal number = rows.getBigDecimal(at);
        bytes(
            number == null ? null : number.toPlainString().getBytes(StandardCharsets.US_ASCII),
            cells);
      }
      case VARCHAR, TEXT, MEDIUMTEXT, LONGTEXT, JSON -> {
        String text = rows.getString(at);
        bytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8), cells);
      }
    }
  }

  private static void time(ResultSet rows, int at, ColumnData cells) throws SQLException {
    byte[] text = rows.getBytes(at);
    if (text == null) {
      cells.addNull();
      return;
    }
    ColumnType.Base base = cells.type().base();
    long cell =
        switch (base) {
          case DATETIME -> TimeText.dateTime(text);
          case DATE -> TimeText.date(text);
          default -> TimeText.time(text);
        };
    if (cell != TimeText.NONE) {
      cells.add(cell);
    } else if (!driversTime(rows, at, base, cells)) {
      cells.addNull();
    }
  }

  /** What the driver makes of a cell; false where that is NULL. */
  private static boolean driversTime(ResultSet rows, int at, ColumnType.Base base, ColumnData cells)
      throws SQLException {
    switch (base) {
      case DATETIME -> {
        LocalDateTime time = rows.getObject(at, LocalDateTime.class);
        if (time != null) {
          cells.add(ChronoUnit.MICROS.between(EPOCH, time));
        }
        return time != null;
      }
      case DATE -> {
        LocalDate date = rows.getObject(at, LocalDate.class);
        if (date != null) {
          cells.add(date.toEpochDay());
        }
        return date != null;
      }
      default -> {
        LocalTime time = rows.getObject(at, LocalTime.class);
        if (time != null) {
          cells.add(time.toNanoOfDay() / NANOS);
        }
        return time != null;
      }
    }
  }

  private static void bytes(byte @org.jspecify.annotations.Nullable [] bytes, ColumnData cells) {
    if (bytes == null) {
      cells.addNull();
    } else {
      cells.add(bytes, 0, bytes.length);
    }
  }
}
