package io.picklift.schema.tables.rows;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.residue.Bytes;
import io.picklift.schema.tables.values.CellText;
import io.picklift.schema.tables.values.ColumnData;
import java.nio.charset.StandardCharsets;

/** Cells as literals of an SQL text. */
final class SqlLiterals {
  private static final byte[] NULL = "NULL".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  /** Whether a backslash in a string literal escapes, which {@code NO_BACKSLASH_ESCAPES} ends. */
  private final boolean backslash;

  private final byte[] digits = new byte[20];

  SqlLiterals(boolean backslash) {
    this.backslash = backslash;
  }

  /** Adds {@code (save id, ordinal, cell, ...)}. */
  void row(Bytes sql, long saveId, TableRows rows, int row) {
    sql.put('(');
    whole(sql, saveId);
    sql.put(',');
    whole(sql, rows.ordinal(row));
    int columns = rows.table().stored().size();
    for (int i = 0; i < columns; i++) {
      sql.put(',');
      cell(sql, rows.column(i), row);
    }
    sql.put(')');
  }

  private void cell(Bytes sql, ColumnData cells, int row) {
    if (cells.isNull(row)) {
      sql.put(NULL, 0, NULL.length);
      return;
    }
    ColumnType.Base base = cells.type().base();
    switch (base) {
      case BOOLEAN, TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> whole(sql, cells.number(row));
      case DOUBLE -> ascii(sql, Double.toString(Double.longBitsToDouble(cells.number(row))));
      case DECIMAL -> sql.put(cells.pool(), cells.start(row), cells.end(row) - cells.start(row));
      case DATETIME -> quoted(sql, CellText.dateTime(cells.number(row), ' '));
      case DATE -> quoted(sql, CellText.date(cells.number(row)));
      case TIME -> quoted(sql, CellText.time(cells.number(row)));
      case VARCHAR, TEXT, MEDIUMTEXT, LONGTEXT, JSON ->
          string(sql, cells.pool(), cells.start(row), cells.end(row));
      case BINARY, VARBINARY, BLOB, MEDIUMBLOB, LONGBLOB ->
          hex(sql, cells.pool(), cells.start(row), cells.end(row));
    }
  }

  private void whole(Bytes sql, long value) {
    if (value == Long.MIN_VALUE) {
      ascii(sql, Long.toString(value));
      return;
    }
    if (value < 0) {
      sql.put('-');
    }
    long left = Math.abs(value);
    int at = digits.length;
    do {
      digits[--at] = (byte) ('0' + left % 10);
      left /= 10;
    } while (left > 0);
    sql.put(digits, at, digits.length - at);
  }

  private static void ascii(Bytes sql, String text) {
    for (int i = 0; i < text.length(); i++) {
      sql.put(text.charAt(i));
    }
  }

  private static void quoted(Bytes sql, String text) {
    sql.put('\'');
    ascii(sql, text);
    sql.put('\'');
  }

  private void string(Bytes sql, byte[] utf8, int start, int end) {
    sql.put('\'');
    int run = start;
    for (int i = start; i < end; i++) {
      byte c = utf8[i];
      if (c == '\'' || (c == '\\' && backslash)) {
        // The character stands once in the run before, and once more in the one after.
        sql.put(utf8, run, i + 1 - run);
        run = i;
      } else if (c == 0 && backslash) {
        sql.put(utf8, run, i - run);
        sql.put('\\');
        sql.put('0');
        run = i + 1;
      }
    }
    sql.put(utf8, run, end - run);
    sql.put('\'');
  }

  private static void hex(Bytes sql, byte[] bytes, int start, int end) {
    sql.put('x');
    sql.put('\'');
    for (int i = start; i < end; i++) {
      sql.put(HEX[bytes[i] >> 4 & 0xf]);
      sql.put(HEX[bytes[i] & 0xf]);
    }
    sql.put('\'');
  }
}
