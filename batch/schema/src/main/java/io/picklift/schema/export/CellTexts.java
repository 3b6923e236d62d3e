package io.picklift.schema.export;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.tables.values.ColumnData;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;

/** The cells of texts and times as text. */
final class CellTexts {
  static final long MICROS = 1_000_000;
  private static final int NANOS = 1_000;

  private CellTexts() {}

  /** The text of a cell that holds text, JSON or a DECIMAL. */
  static String text(ColumnData cells, int row) {
    int start = cells.start(row);
    return new String(cells.pool(), start, cells.end(row) - start, StandardCharsets.UTF_8);
  }

  static String uuid(ColumnData cells, int row) {
    byte[] pool = cells.pool();
    long high = 0;
    long low = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      high = high << Byte.SIZE | (pool[cells.start(row) + i] & 0xff);
      low = low << Byte.SIZE | (pool[cells.start(row) + Long.BYTES + i] & 0xff);
    }
    return new UUID(high, low).toString();
  }

  /** A date or time as Python's {@code isoformat()}. */
  static String time(ColumnType type, long number) {
    return switch (type.base()) {
      case DATE -> LocalDate.ofEpochDay(number).toString();
      case TIME -> clock(LocalTime.ofNanoOfDay(number * NANOS));
      default -> {
        LocalDateTime at =
            LocalDateTime.ofEpochSecond(
                Math.floorDiv(number, MICROS),
                (int) Math.floorMod(number, MICROS) * NANOS,
                ZoneOffset.UTC);
        yield at.toLocalDate() + "T" + clock(at.toLocalTime());
      }
    };
  }

  private static String clock(LocalTime time) {
    String seconds =
        String.format(
            Locale.ROOT, "%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
    return time.getNano() == 0
        ? seconds
        : seconds + String.format(Locale.ROOT, ".%06d", time.getNano() / NANOS);
  }
}
