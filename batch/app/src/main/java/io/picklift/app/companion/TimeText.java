package io.picklift.app.companion;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts that are dates and times, as MySQL writes these. */
final class TimeText {
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "(\\d{4})-(\\d{1,2})-(\\d{1,2})"
              + "(?:[T ]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?"
              + " ?(Z|[+-]\\d{2}:?\\d{2})?)?");

  private static final Pattern TIME =
      Pattern.compile("(-?)(\\d{1,3}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?");

  private static final int NANOS_A_MICRO = 1_000;
  private static final int MOST_HOURS = 838;

  private TimeText() {}

  /** A date, or a date and a time, which an offset moves to UTC; null for another text. */
  static @Nullable String dateTime(String text) {
    LocalDateTime time = parsed(text);
    return time == null ? null : shown(time);
  }

  /** A date, or a midnight; null for another text. */
  static @Nullable String date(String text) {
    LocalDateTime time = parsed(text);
    return time == null || !time.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? null
        : time.toLocalDate().toString();
  }

  private static @Nullable LocalDateTime parsed(String text) {
    Matcher form = DATE_TIME.matcher(text);
    if (!form.matches()) {
      return null;
    }
    try {
      LocalDate date = LocalDate.of(number(form, 1), number(form, 2), number(form, 3));
      int nanos = nanos(form.group(7));
      LocalDateTime time =
          date.atTime(number(form, 4), number(form, 5), number(form, 6))
              .withNano(Math.max(0, nanos));
      String offset = form.group(8);
      if (offset != null) {
        time = LocalDateTime.ofInstant(time.toInstant(ZoneOffset.of(offset)), ZoneOffset.UTC);
      }
      return nanos < 0 || time.getYear() < 1 || time.getYear() > 9999 ? null : time;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int number(Matcher form, int group) {
    return form.group(group) == null ? 0 : Integer.parseInt(form.group(group));
  }

  /** Nanoseconds of a fraction; -1 where there is more than microseconds. */
  private static int nanos(@Nullable String digits) {
    if (digits == null) {
      return 0;
    }
    int nanos = Integer.parseInt((digits + "00000000").substring(0, 9));
    return nanos % NANOS_A_MICRO == 0 ? nanos : -1;
  }

  private static String shown(LocalDateTime time) {
    return String.format(
        Locale.ROOT,
        "%04d-%02d-%02d %02d:%02d:%02d.%06d",
        time.getYear(),
        time.getMonthValue(),
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond(),
        time.getNano() / NANOS_A_MICRO);
  }

  /** A time as MySQL has it, up to 838 hours either way; null for another text. */
  static @Nullable String time(String text) {
    Matcher form = TIME.matcher(text);
    if (!form.matches()) {
      return null;
    }
    int hours = number(form, 2);
    int minutes = number(form, 3);
    int seconds = number(form, 4);
    int nanos = nanos(form.group(5));
    boolean isLast = hours == MOST_HOURS && minutes == 59 && seconds == 59;
    boolean isZero = hours + minutes + seconds + nanos == 0;
    if (hours > MOST_HOURS || minutes > 59 || seconds > 59 || nanos < 0 || (isLast && nanos > 0)) {
      return null;
    }
    String sign = isZero ? "" : form.group(1);
    return String.format(
        Locale.ROOT, "%s%02d:%02d:%02d.%06d", sign, hours, minutes, seconds, nanos / NANOS_A_MICRO);
  }

  /** Without a fraction that is zero, as MySQL and Python write times. */
  static String shortened(String text) {
    return text.endsWith(".000000") ? text.substring(0, text.length() - 7) : text;
  }
}
