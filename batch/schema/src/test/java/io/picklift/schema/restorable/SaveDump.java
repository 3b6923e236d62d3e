package io.picklift.schema.restorable;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.tables.values.CellText;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.text.JsonOut;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One save as a line of JSON: its name, the SHA-256 of its pickle, its residue in base64, and its
 * rows as SQL shows them (a table's cells after {@code save_id} and {@code ordinal}; bytes in hex).
 */
record SaveDump(String name, String sha256, byte[] residue, SaveRows rows) {
  private static final LocalDateTime EPOCH = LocalDate.EPOCH.atStartOfDay();

  static String write(String name, String sha256, Mapping mapping, SplitSave split) {
    return new SaveDump(name, sha256, split.residue(), split.rows()).write(mapping);
  }

  String write(Mapping mapping) {
    JsonOut out = new JsonOut();
    out.onOneLine().object();
    out.field("save", name).field("sha256", sha256);
    out.field("residue", Base64.getEncoder().encodeToString(residue));
    out.name("rows").object();
    for (TableMapping table : mapping.tables()) {
      TableRows rows = this.rows.table(table.number());
      out.name(table.name()).array();
      for (int row = 0; row < rows.size(); row++) {
        out.array();
        for (int column = 0; column < table.stored().size(); column++) {
          cell(out, rows.column(column), row);
        }
        out.endArray();
      }
      out.endArray();
    }
    return out.end().end().text().strip();
  }

  private static void cell(JsonOut out, ColumnData cells, int row) {
    if (cells.isNull(row)) {
      out.none();
      return;
    }
    switch (cells.type().base()) {
      case BOOLEAN, TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> out.value(cells.number(row));
      case DOUBLE -> out.value(Double.longBitsToDouble(cells.number(row)));
      case DATETIME -> out.value(CellText.dateTime(cells.number(row), ' '));
      case DATE -> out.value(CellText.date(cells.number(row)));
      case TIME -> out.value(CellText.time(cells.number(row)));
      case BINARY, VARBINARY, BLOB, MEDIUMBLOB, LONGBLOB ->
          out.value(HexFormat.of().formatHex(cells.pool(), cells.start(row), cells.end(row)));
      case DECIMAL, VARCHAR, TEXT, MEDIUMTEXT, LONGTEXT, JSON ->
          out.value(
              new String(
                  cells.pool(),
                  cells.start(row),
                  cells.end(row) - cells.start(row),
                  StandardCharsets.UTF_8));
    }
  }

  static SaveDump read(Mapping mapping, String line) throws LimitException {
    byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
    Map<?, ?> save = (Map<?, ?>) JsonReader.parse(utf8, 0, utf8.length);
    Map<?, ?> tables = (Map<?, ?>) Objects.requireNonNull(save.get("rows"));
    SaveRows rows = new SaveRows(mapping, 1, Memory.beside(0, Limits.defaults()));
    for (TableMapping table : mapping.tables()) {
      TableRows to = rows.table(table.number());
      for (Object row : (List<?>) Objects.requireNonNull(tables.get(table.name()))) {
        List<?> cells = (List<?>) row;
        for (int i = 0; i < cells.size(); i++) {
          add(to.column(i), cells.get(i));
        }
        to.endRow(to.size());
      }
    }
    return new SaveDump(
        String.valueOf(save.get("save")),
        String.valueOf(save.get("sha256")),
        Base64.getDecoder().decode(String.valueOf(save.get("residue"))),
        rows);
  }

  private static void add(ColumnData to, Object cell) throws LimitException {
    ColumnType.Base base = to.type().base();
    if (cell instanceof Number number) {
      to.add(
          base == ColumnType.Base.DOUBLE
              ? Double.doubleToRawLongBits(number.doubleValue())
              : number.longValue());
    } else if (cell instanceof String text) {
      switch (base) {
        case DATETIME ->
            to.add(ChronoUnit.MICROS.between(EPOCH, LocalDateTime.parse(text.replace(' ', 'T'))));
        case DATE -> to.add(LocalDate.parse(text).toEpochDay());
        case TIME -> to.add(LocalTime.parse(text).toNanoOfDay() / 1000);
        case BINARY, VARBINARY, BLOB, MEDIUMBLOB, LONGBLOB -> to.add(HexFormat.of().parseHex(text));
        default -> to.add(text.getBytes(StandardCharsets.UTF_8));
      }
    } else {
      to.addNull();
    }
  }
}
