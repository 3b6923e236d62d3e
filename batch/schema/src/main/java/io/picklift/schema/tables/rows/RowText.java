package io.picklift.schema.tables.rows;

import io.picklift.codec.bytes.ByteOutput;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.tables.values.CellText;
import io.picklift.schema.tables.values.ColumnData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one table as the text that a server reads, made ready before anything is sent. Each cell
 * is added in the order of the table's columns, then the row is ended.
 */
public abstract sealed class RowText permits InsertText, LoadText {
  static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private final BulkTable table;
  private final byte[] digits = new byte[20];
  private int rows;
  private boolean isInRow;

  /** What was written so far. */
  final ByteOutput out = new ByteOutput();

  RowText(BulkTable table) {
    this.table = table;
  }

  public final BulkTable table() {
    return table;
  }

  /** How many rows were ended. */
  public final int rows() {
    return rows;
  }

  /** How long the text is, in bytes. */
  public final int size() {
    return out.size();
  }

  /** Forgets all rows, and keeps the memory that they took. */
  public void clear() {
    out.clear();
    rows = 0;
  }

  /** Writes what stands between two rows or before the first one. */
  abstract void startRow();

  /** Writes what stands between two cells. */
  abstract void separate();

  /** Writes what stands behind a row. */
  abstract void finishRow();

  abstract void nullCell();

  /** Writes text that has nothing to escape, as a value that is no number. */
  abstract void plainText(String ascii);

  /** Writes text, escaped. */
  abstract void text(byte[] utf8, int start, int end);

  /** Writes bytes, escaped. */
  abstract void binary(byte[] bytes, int start, int end);

  private void next() {
    if (isInRow) {
      separate();
    } else {
      startRow();
      isInRow = true;
    }
  }

  /** Ends the row at hand. */
  public final void endRow() {
    finishRow();
    isInRow = false;
    rows++;
  }

  /** Adds NULL. */
  public final RowText nothing() {
    next();
    nullCell();
    return this;
  }

  /** Adds a whole number. */
  public final RowText number(long value) {
    next();
    whole(value);
    return this;
  }

  final RowText unquoted(String ascii) {
    next();
    ascii(ascii);
    return this;
  }

  /** Adds a text, or NULL. */
  public final RowText text(@Nullable String text) {
    if (text == null) {
      return nothing();
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    next();
    text(utf8, 0, utf8.length);
    return this;
  }

  /** Adds bytes, or NULL. */
  public final RowText bytes(byte @Nullable [] bytes) {
    if (bytes == null) {
      return nothing();
    }
    next();
    binary(bytes, 0, bytes.length);
    return this;
  }

  /** Adds a mapped row: the save's id, the ordinal, and its cells. */
  public final void row(long saveId, TableRows rows, int row) {
    number(saveId).number(rows.ordinal(row));
    List<StoredColumn> stored = rows.table().stored();
    for (int i = 0; i < stored.size(); i++) {
      if (stored.get(i).isWritten()) {
        next();
        cell(rows.column(i), row);
      }
    }
    endRow();
  }

  private void cell(ColumnData cells, int row) {
    if (cells.isNull(row)) {
      nullCell();
      return;
    }
    ColumnType.Base base = cells.type().base();
    switch (base) {
      case BOOLEAN, TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> {
        if (cells.type().isWideUnsigned()) {
          ascii(Long.toUnsignedString(cells.number(row)));
        } else {
          whole(cells.number(row));
        }
      }
      case DOUBLE -> ascii(Double.toString(Double.longBitsToDouble(cells.number(row))));
      case DECIMAL -> out.put(cells.pool(), cells.start(row), cells.end(row) - cells.start(row));
      case DATETIME -> plainText(CellText.dateTime(cells.number(row), ' '));
      case DATE -> plainText(CellText.date(cells.number(row)));
      case TIME -> plainText(CellText.time(cells.number(row)));
      case VARCHAR, TEXT, MEDIUMTEXT, LONGTEXT, JSON ->
          text(cells.pool(), cells.start(row), cells.end(row));
      case BINARY, VARBINARY, BLOB, MEDIUMBLOB, LONGBLOB ->
          binary(cells.pool(), cells.start(row), cells.end(row));
    }
  }

  private void whole(long value) {
    if (value == Long.MIN_VALUE) {
      ascii(Long.toString(value));
      return;
    }
    if (value < 0) {
      out.put('-');
    }
    long left = Math.abs(value);
    int at = digits.length;
    do {
      digits[--at] = (byte) ('0' + left % 10);
      left /= 10;
    } while (left > 0);
    out.put(digits, at, digits.length - at);
  }

  final void ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      out.put(text.charAt(i));
    }
  }
}
