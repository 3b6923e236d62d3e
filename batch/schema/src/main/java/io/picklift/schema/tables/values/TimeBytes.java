package io.picklift.schema.tables.values;

import io.picklift.codec.text.IsoTime;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Dates and times as Python pickles them. A class derived from one of them is written as a call of
 * that class with the same bytes, which is all that tells it from any other class.
 */
public final class TimeBytes {
  /** No number of a date. */
  public static final long NONE = Long.MIN_VALUE;

  private static final int DATE_BYTES = 4;
  private static final int TIME_BYTES = 6;
  private static final int DATETIME_BYTES = 10;

  /**
   * Four bytes in a class of their own may be an address, too: hardly one whose bytes are a date of
   * these years.
   */
  private static final int FIRST_YEAR = 1800;

  private static final int LAST_YEAR = 2199;

  /** Of a month's or hour's byte. */
  private static final int NO_FOLD = 0x7f;

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

  /**
   * The date or time that the argument of a call is the state of.
   *
   * @param type DATETIME, DATE or TIME
   * @return {@link #NONE} where it is none, or one with a fold
   */
  public static long ofArgument(Scalar value, Scalar.Type type) {
    boolean isArgument =
        value.isArgument && (value.type == Scalar.Type.BYTES || value.type == Scalar.Type.TEXT);
    int size =
        switch (type) {
          case DATE -> DATE_BYTES;
          case TIME -> TIME_BYTES;
          default -> DATETIME_BYTES;
        };
    if (!isArgument || value.length != size) {
      return NONE;
    }
    byte[] state = Arrays.copyOfRange(value.bytes, value.offset, value.offset + size);
    if (type == Scalar.Type.TIME) {
      return IsoTime.isTime(state, 0, false) ? micros(state, 0) : NONE;
    }
    if (!IsoTime.isDate(state, 0, false)) {
      return NONE;
    }
    if (type == Scalar.Type.DATE) {
      int year = (state[0] & 0xff) << Byte.SIZE | (state[1] & 0xff);
      return year >= FIRST_YEAR && year <= LAST_YEAR ? days(state) : NONE;
    }
    return IsoTime.isTime(state, DATE_BYTES, false) ? wall(state) : NONE;
  }

  /** Whether bytes are the state of a datetime that has a zone. */
  public static boolean isDateTime(byte[] state) {
    return state.length == DATETIME_BYTES
        && IsoTime.isDate(state, 0, true)
        && IsoTime.isTime(state, DATE_BYTES, false);
  }

  /** Days since 1970, whatever the fold. */
  static long days(byte[] state) {
    int year = (state[0] & 0xff) << Byte.SIZE | (state[1] & 0xff);
    return LocalDate.of(year, state[2] & NO_FOLD, state[3]).toEpochDay();
  }

  /** Microseconds since 1970 by its own clock. */
  static long wall(byte[] state) {
    return days(state) * DAY + micros(state, DATE_BYTES);
  }

  /** Microseconds since midnight. */
  static long micros(byte[] state, int at) {
    long seconds = (state[at] & NO_FOLD) * 3600L + state[at + 1] * 60L + state[at + 2];
    int micros =
        (state[at + 3] & 0xff) << 16 | (state[at + 4] & 0xff) << 8 | (state[at + 5] & 0xff);
    return seconds * SECOND + micros;
  }

  /** Of a datetime's month. */
  public static int fold(byte[] state) {
    return state[2] < 0 ? 1 : 0;
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
