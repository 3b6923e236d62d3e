package io.picklift.schema.tables.values;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Cells that are numbers inside as the text that SQL and JSON show. */
public final class CellText {
  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;

  private static final int DATE_LENGTH = 10;

  /** What has no microseconds. */
  private static final Pattern FINER = Pattern.compile("[.,][0-9]{6}[0-9]*[1-9]");

  private CellText() {}

  /** A date, time, decimal or UUID. */
  public static String of(Scalar value) {
    return switch (value.type) {
      case DATETIME -> dateTime(value.number, 'T');
      case INSTANT -> dateTime(value.number + value.zone, 'T') + offset(value.zone / SECOND);
      case DATE -> date(value.number);
      case TIME -> time(value.number);
      case UUID -> uuid(value);
      default -> new String(value.bytes, value.offset, value.length, StandardCharsets.UTF_8);
    };
  }

  /**
   * Reads what {@link #of} writes of a type, and of a date or time the shorter forms of ISO 8601
   * that mean the same, as {@code isoformat()} and {@code str()} of Python give them: without a
   * fraction, with a blank for the {@code T}.
   *
   * @param to gets the value; of a date with a zone the moment alone
   * @return whether the text is one of that type
   */
  public static boolean read(String text, Scalar.Type type, Scalar to) {
    try {
      switch (type) {
        case DATE -> to.number(type, LocalDate.parse(text).toEpochDay());
        case DATETIME ->
            to.number(type, micros(LocalDateTime.parse(iso(text)).toInstant(ZoneOffset.UTC)));
        case INSTANT -> to.number(type, micros(OffsetDateTime.parse(iso(text)).toInstant()));
        case TIME -> to.number(type, LocalTime.parse(text).toNanoOfDay() / 1000);
        case UUID -> {
          UUID uuid = UUID.fromString(text);
          byte[] bytes =
              ByteBuffer.allocate(16)
                  .putLong(uuid.getMostSignificantBits())
                  .putLong(uuid.getLeastSignificantBits())
                  .array();
          to.bytes(type, bytes);
        }
        case DECIMAL -> {
          String digits = new BigDecimal(text).toString();
          to.bytes(type, digits.getBytes(StandardCharsets.US_ASCII));
        }
        default -> {
          return false;
        }
      }
      return switch (type) {
        case DATETIME, INSTANT, TIME -> !FINER.matcher(text).find();
        default -> of(to).equals(text);
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      return false;
    }
  }

  /** A number of a document as one of a Decimal's digits. */
  public static String decimal(Object number) {
    return new BigDecimal(number.toString()).toString();
  }

  /** Python's {@code str()} of a datetime has a blank between date and time. */
  private static String iso(String text) {
    boolean isSpaced = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' ';
    return isSpaced ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1) : text;
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  /** Seconds ahead of UTC as {@code +02:00}. */
  private static String offset(long seconds) {
    long ahead = Math.abs(seconds);
    String text =
        String.format(
            Locale.ROOT, "%s%02d:%02d", seconds < 0 ? "-" : "+", ahead / 3600, ahead / 60 % 60);
    return ahead % 60 == 0 ? text : text + String.format(Locale.ROOT, ":%02d", ahead % 60);
  }

  private static String uuid(Scalar value) {
    StringBuilder text = new StringBuilder(36);
    for (int i = 0; i < value.length; i++) {
      if (i == 4 || i == 6 || i == 8 || i == 10) {
        text.append('-');
      }
      text.append(String.format(Locale.ROOT, "%02x", value.bytes[value.offset + i]));
    }
    return text.toString();
  }

  /** Microseconds since 1970 as {@code 2024-05-01 12:00:00.000123}. */
  public static String dateTime(long micros, char between) {
    return date(Math.floorDiv(micros, DAY)) + between + time(Math.floorMod(micros, DAY));
  }

  public static String date(long day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    char[] text = new char[10];
    digits(text, 0, 4, date.getYear());
    text[4] = '-';
    digits(text, 5, 2, date.getMonthValue());
    text[7] = '-';
    digits(text, 8, 2, date.getDayOfMonth());
    return new String(text);
  }

  public static String time(long micros) {
    char[] text = new char[15];
    int seconds = (int) (micros / SECOND);
    digits(text, 0, 2, seconds / 3600);
    text[2] = ':';
    digits(text, 3, 2, seconds / 60 % 60);
    text[5] = ':';
    digits(text, 6, 2, seconds % 60);
    text[8] = '.';
    digits(text, 9, 6, (int) (micros % SECOND));
    return new String(text);
  }

  private static void digits(char[] text, int at, int count, int value) {
    int left = value;
    for (int i = at + count - 1; i >= at; i--) {
      text[i] = (char) ('0' + left % 10);
      left /= 10;
    }
  }
}
