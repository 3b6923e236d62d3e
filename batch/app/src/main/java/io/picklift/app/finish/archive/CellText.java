package io.picklift.app.finish.archive;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.picklift.schema.tables.values.ColumnData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** Cells as JSON: each type has one form, which gives the same cell again. */
final class CellText {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
  private static final int NANOS = 1_000;

  private CellText() {}

  static void write(JsonGenerator json, ColumnData cells, int row) throws IOException {
    if (cells.isNull(row)) {
      json.writeNull();
      return;
    }
    switch (cells.type().base()) {
      case BOOLEAN, TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> {
        if (cells.type().isWideUnsigned()) {
          json.writeNumber(Long.toUnsignedString(cells.number(row)));
        } else {
          json.writeNumber(cells.number(row));
        }
      }
      case DOUBLE -> json.writeNumber(Double.longBitsToDouble(cells.number(row)));
      case DATETIME -> json.writeString(EPOCH.plus(cells.number(row), ChronoUnit.MICROS) + "");
      case DATE -> json.writeString(LocalDate.ofEpochDay(cells.number(row)).toString());
      case TIME -> json.writeString(LocalTime.ofNanoOfDay(cells.number(row) * NANOS).toString());
      case DECIMAL, VARCHAR, TEXT, MEDIUMTEXT, LONGTEXT, JSON ->
          json.writeString(
              new String(
                  cells.pool(),
                  cells.start(row),
                  cells.end(row) - cells.start(row),
                  StandardCharsets.UTF_8));
      case BINARY, VARBINARY, BLOB, MEDIUMBLOB, LONGBLOB ->
          json.writeBinary(cells.pool(), cells.start(row), cells.end(row) - cells.start(row));
    }
  }

  /** Reads the value that the parser is at. */
  static void read(JsonParser json, ColumnData to) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      to.addNull();
      return;
    }
    try {
      switch (to.type().base()) {
        case BOOLEAN, TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT ->
            to.add(
                to.type().isWideUnsigned()
                    ? Long.parseUnsignedLong(json.getText())
                    : Long.parseLong(json.getText()));
        case DOUBLE -> to.add(Double.doubleToRawLongBits(Double.parseDouble(json.getText())));
        case DATETIME ->
            to.add(ChronoUnit.MICROS.between(EPOCH, LocalDateTime.parse(json.getText())));
        case DATE -> to.add(LocalDate.parse(json.getText()).toEpochDay());
        case TIME -> to.add(LocalTime.parse(json.getText()).toNanoOfDay() / NANOS);
        case DECIMAL, VARCHAR, TEXT, MEDIUMTEXT, LONGTEXT, JSON ->
            to.add(json.getText().getBytes(StandardCharsets.UTF_8));
        case BINARY, VARBINARY, BLOB, MEDIUMBLOB, LONGBLOB -> to.add(json.getBinaryValue());
      }
    } catch (DateTimeException | NumberFormatException e) {
      throw new IOException("a cell is no " + to.type().base(), e);
    }
  }
}
