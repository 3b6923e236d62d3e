package io.picklift.schema.tables.values;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import io.picklift.schema.zones.Zone;
import io.picklift.schema.zones.ZoneReader;

/**
 * The times and durations of pandas: a number since 1970 in UTC or of a wall clock without zone, in
 * nanoseconds unless the call says another unit.
 */
final class PandasTimes {
  private static final long NANOS_A_MICRO = 1_000;
  private static final int SECONDS = 7;
  private static final int MILLIS = 8;
  private static final int MICROS = 9;

  private final Meaning meaning;
  private final ZoneReader zones;

  PandasTimes(Meaning meaning, ZoneReader zones) {
    this.meaning = meaning;
    this.zones = zones;
  }

  static boolean isTimestamp(String name) {
    return name.startsWith("pandas.")
        && (name.endsWith("._unpickle_timestamp") || name.endsWith(".Timestamp"));
  }

  static boolean isTimedelta(String name) {
    return name.startsWith("pandas.")
        && (name.endsWith("._timedelta_unpickle") || name.endsWith(".Timedelta"));
  }

  private int argument(int node, int index) {
    long arguments = meaning.argumentSpan(node);
    return index < MemberSpan.count(arguments)
        ? meaning.member(MemberSpan.start(arguments) + index)
        : -1;
  }

  /** The node of the number; -1 where there is none. */
  int number(int node) {
    int number = argument(node, 0);
    return number >= 0 && meaning.kind(number) == Kind.INT ? number : -1;
  }

  /** The node of a time's zone, or -1. */
  int zone(int node) {
    int zone = argument(node, 2);
    return zone < 0 || meaning.kind(zone) == Kind.NONE ? -1 : zone;
  }

  /** How many of the call's unit a microsecond is; negative for how many of these its unit is. */
  private long unit(int node, boolean isTime) {
    int unit = argument(node, isTime ? 3 : 1);
    if (unit < 0 || meaning.kind(unit) != Kind.INT) {
      return NANOS_A_MICRO;
    }
    return switch ((int) meaning.longValue(unit)) {
      case SECONDS -> -1_000_000;
      case MILLIS -> -1_000;
      case MICROS -> 1;
      default -> NANOS_A_MICRO;
    };
  }

  private boolean isTime(int node) {
    return isTimestamp(meaning.globalName(meaning.callable(node)));
  }

  void read(int node, Scalar value) {
    int number = number(node);
    long raw = number >= 0 && meaning.fitsLong(number) ? meaning.longValue(number) : Long.MIN_VALUE;
    boolean isTime = isTime(node);
    long unit = unit(node, isTime);
    if (raw == Long.MIN_VALUE || (unit > 0 && raw % unit != 0)) {
      value.other();
      return;
    }
    long micros = unit > 0 ? raw / unit : raw * -unit;
    if (!isTime) {
      value.number(Scalar.Type.DURATION, micros);
    } else if (zone(node) < 0) {
      value.number(Scalar.Type.DATETIME, micros);
    } else {
      value.number(Scalar.Type.INSTANT, micros);
      long offset = zones.of(zone(node)).at(micros).offset();
      value.zone = offset == Zone.NONE ? 0 : offset;
    }
  }

  /** The number for a value. */
  void part(int node, Scalar value, Scalar part) {
    long unit = unit(node, isTime(node));
    boolean isWhole = unit > 0 || value.number % -unit == 0;
    boolean isTime = value.type == Scalar.Type.DATETIME || value.type == Scalar.Type.INSTANT;
    if (!isWhole || isTime != isTime(node) || (!isTime && value.type != Scalar.Type.DURATION)) {
      part.other();
    } else {
      part.number(Scalar.Type.INT, unit > 0 ? value.number * unit : value.number / -unit);
    }
  }
}
