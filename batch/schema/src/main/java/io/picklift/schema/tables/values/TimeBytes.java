package io.picklift.schema.tables.values;

import java.time.LocalDate;

/** Dates and times as Python pickles them. */
public final class TimeBytes {
  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;

  private TimeBytes() {}

  /** The bytes of a DATETIME or INSTANT (10), DATE (4) or TIME (6). */
  public static byte[] of(Scalar value) {
    return switch (value.type) {
      case DATE -> {
        byte[] bytes = new byte[4];
        date(bytes, value.number);
        yield bytes;
      }
      case TIME -> {
        byte[] bytes = new byte[6];
        time(bytes, 0, value.number);
        fold(bytes, 0, value.fold);
        yield bytes;
      }
      default -> {
        byte[] bytes = new byte[10];
        long wall = value.number + value.zone;
        date(bytes, Math.floorDiv(wall, DAY));
        time(bytes, 4, Math.floorMod(wall, DAY));
        fold(bytes, 2, value.fold);
        yield bytes;
      }
    };
  }

  /** The fold stands in the highest bit of the month or hour. */
  private static void fold(byte[] bytes, int at, int fold) {
    bytes[at] |= (byte) (fold << 7);
  }

  private static void date(byte[] bytes, long day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    bytes[0] = (byte) (date.getYear() >> 8);
    bytes[1] = (byte) date.getYear();
    bytes[2] = (byte) date.getMonthValue();
    bytes[3] = (byte) date.getDayOfMonth();
  }

  private static void time(byte[] bytes, int at, long microseconds) {
    int seconds = (int) (microseconds / SECOND);
    int micros = (int) (microseconds % SECOND);
    bytes[at] = (byte) (seconds / 3600);
    bytes[at + 1] = (byte) (seconds / 60 % 60);
    bytes[at + 2] = (byte) (seconds % 60);
    bytes[at + 3] = (byte) (micros >> 16);
    bytes[at + 4] = (byte) (micros >> 8);
    bytes[at + 5] = (byte) micros;
  }
}
