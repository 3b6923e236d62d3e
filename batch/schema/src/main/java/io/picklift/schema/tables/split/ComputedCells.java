package io.picklift.schema.tables.split;

import io.picklift.schema.tables.values.ColumnCodec;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.values.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a {@link RowComputer} gives, as cells. */
final class ComputedCells {
  private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

  private ComputedCells() {}

  /**
   * Adds a cell, if the column can hold the value.
   *
   * @param codec the column's; null for JSON
   * @return false where it cannot, and no cell was added
   */
  static boolean add(
      @Nullable Object given, @Nullable ColumnCodec codec, Scalar value, ColumnData cells) {
    if (given == null) {
      cells.addNull();
      return true;
    }
    if (codec == null) {
      if (given instanceof String json) {
        cells.add(json.getBytes(StandardCharsets.UTF_8));
        return true;
      }
      return false;
    }
    if (cells.type().isWideUnsigned() && given instanceof BigInteger wide && isWide(wide)) {
      // As the bits of a long; a value of a save stays in the residue instead.
      cells.add(wide.longValue());
      return true;
    }
    set(given, value);
    return value.type != Scalar.Type.OTHER && codec.encode(value, cells) != ColumnCodec.Fit.UNFIT;
  }

  private static boolean isWide(BigInteger number) {
    return number.signum() > 0 && number.bitLength() == Long.SIZE;
  }

  private static void set(Object given, Scalar value) {
    if (given instanceof Boolean bool) {
      value.number(Scalar.Type.BOOL, bool ? 1 : 0);
    } else if (given instanceof Long number) {
      value.number(Scalar.Type.INT, number);
    } else if (given instanceof BigInteger number) {
      value.big(number);
    } else if (given instanceof Double real) {
      value.real(real);
    } else if (given instanceof BigDecimal decimal) {
      value.bytes(Scalar.Type.DECIMAL, decimal.toPlainString().getBytes(StandardCharsets.US_ASCII));
    } else if (given instanceof String text) {
      value.bytes(Scalar.Type.TEXT, text.getBytes(StandardCharsets.UTF_8));
    } else if (given instanceof byte[] bytes) {
      value.bytes(Scalar.Type.BYTES, bytes);
    } else if (given instanceof LocalDateTime time) {
      value.number(Scalar.Type.DATETIME, ChronoUnit.MICROS.between(EPOCH, time));
    } else if (given instanceof LocalDate date) {
      value.number(Scalar.Type.DATE, date.toEpochDay());
    } else if (given instanceof LocalTime time) {
      value.number(Scalar.Type.TIME, time.toNanoOfDay() / 1_000);
    } else if (given instanceof UUID uuid) {
      ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES);
      bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
      value.bytes(Scalar.Type.UUID, bytes.array());
    } else {
      value.other();
    }
  }
}
