package io.picklift.schema.arrays;

import java.time.LocalDate;
import java.util.List;

/**
 * What a number of numpy's times counts.
 *
 * @param name numpy's: Y, M, W, D, h, m, s, ms, us, ns and smaller
 * @param count how many of these are one
 */
public record TimeUnits(String name, int count) {
  /** In place of a time: none, or none that microseconds say. */
  public static final long NONE = Long.MIN_VALUE;

  private static final List<String> NAMES = List.of("W", "D", "h", "m", "s", "ms", "us");
  private static final long[] MICROS = {
    604_800_000_000L, 86_400_000_000L, 3_600_000_000L, 60_000_000L, 1_000_000L, 1_000L, 1L
  };
  private static final List<String> SMALLER = List.of("ns", "ps", "fs", "as");
  private static final int MONTHS = 12;
  private static final int EPOCH_YEAR = 1970;
  private static final long MOST_MONTHS = 120_000;

  String text() {
    return "[" + (count == 1 ? "" : String.valueOf(count)) + name + "]";
  }

  /** Microseconds of a duration; {@link #NONE} where they do not say it exactly. */
  public long duration(long number) {
    if (number == Long.MIN_VALUE) {
      return NONE;
    }
    try {
      long units = Math.multiplyExact(number, (long) count);
      int known = NAMES.indexOf(name);
      if (known >= 0) {
        return Math.multiplyExact(units, MICROS[known]);
      }
      int smaller = SMALLER.indexOf(name);
      long parts = smaller < 0 ? 0 : parts(smaller);
      return parts > 0 && units % parts == 0 ? units / parts : NONE;
    } catch (ArithmeticException e) {
      return NONE;
    }
  }

  private static long parts(int smaller) {
    long parts = 1;
    for (int i = 0; i <= smaller; i++) {
      parts *= 1_000;
    }
    return parts;
  }

  /** Microseconds since 1970. */
  public long time(long number) {
    boolean isMonths = name.equals("M");
    if (!isMonths && !name.equals("Y")) {
      return duration(number);
    }
    if (number == Long.MIN_VALUE || Math.abs(number) > MOST_MONTHS) {
      return NONE;
    }
    long months = number * count * (isMonths ? 1 : MONTHS);
    LocalDate day = LocalDate.of(EPOCH_YEAR, 1, 1).plusMonths(months);
    return day.toEpochDay() * MICROS[1];
  }

  /** The number for microseconds of a time or duration; {@link #NONE} where none says them. */
  public long number(long micros, boolean isTime) {
    long guess;
    int known = NAMES.indexOf(name);
    int smaller = SMALLER.indexOf(name);
    if (known >= 0) {
      guess = Math.floorDiv(micros, MICROS[known] * count);
    } else if (smaller >= 0) {
      long parts = parts(smaller);
      if (Math.abs(micros) > Long.MAX_VALUE / parts) {
        return NONE;
      }
      guess = Math.floorDiv(micros * parts, count);
    } else {
      LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS[1]));
      long months = (day.getYear() - EPOCH_YEAR) * (long) MONTHS + day.getMonthValue() - 1;
      guess = Math.floorDiv(months, count * (name.equals("M") ? 1L : MONTHS));
    }
    return (isTime ? time(guess) : duration(guess)) == micros ? guess : NONE;
  }
}
