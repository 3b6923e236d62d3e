package io.picklift.schema.tables.values;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Columns of dates and times. */
final class TimeCodecs {
  private static final long MICROS = 1_000_000;

  /** Servers promise nothing for earlier years. */
  private static final LocalDateTime FIRST = LocalDateTime.of(1000, 1, 1, 0, 0);

  private static final long FIRST_MICROS = FIRST.toEpochSecond(ZoneOffset.UTC) * MICROS;

  /** An instant of the last year may be one of the next in UTC, which no server has. */
  private static final long LAST_MICROS =
      LocalDateTime.of(10_000, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC) * MICROS - 1;

  private static final long FIRST_DAY = FIRST.toLocalDate().toEpochDay();

  private TimeCodecs() {}

  /** DATETIME(6). */
  static final class DateTime extends ColumnCodec {
    @Override
    public Fit encode(Scalar value, ColumnData cells) {
      boolean isPlain = value.type == Scalar.Type.DATETIME;
      long at = isPlain ? value.number : TimeBytes.ofArgument(value, Scalar.Type.DATETIME);
      if (at < FIRST_MICROS) {
        return Fit.UNFIT;
      }
      cells.add(at);
      return Fit.EXACT;
    }

    @Override
    public void decode(ColumnData cells, int row, Scalar.Type kind, Scalar value) {
      value.number(Scalar.Type.DATETIME, cells.number(row));
    }
  }

  /** DATETIME(6) of instants in UTC. */
  static final class Instant extends ColumnCodec {
    @Override
    public Fit encode(Scalar value, ColumnData cells) {
      if (value.type != Scalar.Type.INSTANT
          || value.number < FIRST_MICROS
          || value.number > LAST_MICROS) {
        return Fit.UNFIT;
      }
      cells.add(value.number);
      return Fit.EXACT;
    }

    @Override
    public void decode(ColumnData cells, int row, Scalar.Type kind, Scalar value) {
      value.number(Scalar.Type.INSTANT, cells.number(row));
    }
  }

  /** DATE and TIME(6). */
  static final class Plain extends ColumnCodec {
    private final Scalar.Type type;

    Plain(Scalar.Type type) {
      this.type = type;
    }

    @Override
    public Fit encode(Scalar value, ColumnData cells) {
      boolean isDate = type == Scalar.Type.DATE;
      long at = value.number;
      if (value.type != type) {
        at = TimeBytes.ofArgument(value, type);
      }
      if (at == TimeBytes.NONE || (isDate && at < FIRST_DAY)) {
        return Fit.UNFIT;
      }
      cells.add(at);
      return Fit.EXACT;
    }

    @Override
    public void decode(ColumnData cells, int row, Scalar.Type kind, Scalar value) {
      value.number(type, cells.number(row));
    }
  }
}
