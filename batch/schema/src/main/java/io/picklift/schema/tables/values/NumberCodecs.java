package io.picklift.schema.tables.values;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Columns of numbers. */
final class NumberCodecs {
  /** Up to here, every whole number is a double. */
  private static final long EXACT_DOUBLE = 1L << 53;

  private NumberCodecs() {}

  /** A whole-number column of so many bits. */
  static ColumnCodec whole(int bits, boolean unsigned) {
    if (unsigned) {
      // Beyond 63 bits nothing is taken: cells are signed 64-bit numbers.
      return new Whole(0, bits == Long.SIZE ? Long.MAX_VALUE : (1L << bits) - 1, false);
    }
    return new Whole(-1L << (bits - 1), (1L << (bits - 1)) - 1, false);
  }

  /** TINYINT to BIGINT, and BOOLEAN. */
  static final class Whole extends ColumnCodec {
    private final long least;
    private final long most;
    private final boolean bool;

    Whole(long least, long most, boolean bool) {
      this.least = least;
      this.most = most;
      this.bool = bool;
    }

    @Override
    public Fit encode(Scalar value, ColumnData cells) {
      long number;
      switch (value.type) {
        case INT, BOOL -> number = value.number;
        case DURATION -> {
          if (bool) {
            return Fit.UNFIT;
          }
          number = value.number;
        }
        case FLOAT -> {
          number = (long) value.real;
          if (bool || !isWhole(value.real)) {
            return Fit.UNFIT;
          }
        }
        default -> {
          return Fit.UNFIT;
        }
      }
      if ((value.type == Scalar.Type.INT && value.isBig) || number < least || number > most) {
        return Fit.UNFIT;
      }
      cells.add(number);
      return Fit.EXACT;
    }

    @Override
    public void decode(ColumnData cells, int row, Scalar.Type kind, Scalar value) {
      long number = cells.number(row);
      if (number < 0 && least == 0) {
        // Someone put more than 63 bits into an unsigned column.
        value.big(new BigInteger(Long.toUnsignedString(number)));
        return;
      }
      boolean mayBool = number == 0 || number == 1;
      switch (kind) {
        case BOOL -> value.number(mayBool ? Scalar.Type.BOOL : Scalar.Type.INT, number);
        case DURATION -> value.number(Scalar.Type.DURATION, number);
        case FLOAT -> {
          if (Math.abs(number) <= EXACT_DOUBLE) {
            value.real((double) number);
          } else {
            value.number(Scalar.Type.INT, number);
          }
        }
        case INT -> value.number(Scalar.Type.INT, number);
        default -> value.number(bool && mayBool ? Scalar.Type.BOOL : Scalar.Type.INT, number);
      }
    }
  }

  /** No fraction, no -0.0, and every neighbour a double too. */
  private static boolean isWhole(double value) {
    return value == Math.rint(value)
        && Math.abs(value) <= EXACT_DOUBLE
        && Double.doubleToRawLongBits(value) != Double.doubleToRawLongBits(-0.0);
  }

  /** DOUBLE. */
  static final class Real extends ColumnCodec {
    @Override
    public Fit encode(Scalar value, ColumnData cells) {
      double real;
      switch (value.type) {
        case FLOAT -> {
          real = value.real;
          if (!Double.isFinite(real)
              || Double.doubleToRawLongBits(real) == Double.doubleToRawLongBits(-0.0)) {
            return Fit.UNFIT;
          }
        }
        case INT, BOOL -> {
          if ((value.type == Scalar.Type.INT && value.isBig)
              || Math.abs(value.number) > EXACT_DOUBLE
              || value.number == Long.MIN_VALUE) {
            return Fit.UNFIT;
          }
          real = (double) value.number;
        }
        default -> {
          return Fit.UNFIT;
        }
      }
      cells.add(Double.doubleToRawLongBits(real));
      return Fit.EXACT;
    }

    @Override
    public void decode(ColumnData cells, int row, Scalar.Type kind, Scalar value) {
      double real = Double.longBitsToDouble(cells.number(row));
      if (kind == Scalar.Type.INT && isWhole(real)) {
        value.number(Scalar.Type.INT, (long) real);
      } else if (kind == Scalar.Type.BOOL && (real == 0 || real == 1)) {
        value.number(Scalar.Type.BOOL, (long) real);
      } else {
        value.real(real);
      }
    }
  }

  /** DECIMAL(p,s). */
  static final class Decimal extends ColumnCodec {
    /** No column has more digits, and arithmetic on more would take long. */
    private static final int MOST_DIGITS = 65;

    private final int precision;
    private final int scale;

    Decimal(int precision, int scale) {
      this.precision = precision;
      this.scale = scale;
    }

    @Override
    public Fit encode(Scalar value, ColumnData cells) {
      BigDecimal number;
      switch (value.type) {
        case INT, BOOL ->
            number =
                value.type == Scalar.Type.INT && value.isBig
                    ? new BigDecimal(value.big)
                    : BigDecimal.valueOf(value.number);
        case DECIMAL -> {
          if (value.length > 2 * MOST_DIGITS) {
            return Fit.UNFIT;
          }
          try {
            number =
                new BigDecimal(
                    new String(value.bytes, value.offset, value.length, StandardCharsets.US_ASCII));
          } catch (NumberFormatException e) {
            return Fit.UNFIT;
          }
        }
        default -> {
          return Fit.UNFIT;
        }
      }
      if (number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS) {
        return Fit.UNFIT;
      }
      BigDecimal cell;
      try {
        cell = number.setScale(scale);
      } catch (ArithmeticException e) {
        return Fit.UNFIT;
      }
      if (cell.precision() > precision) {
        return Fit.UNFIT;
      }
      cells.add(cell.toPlainString().getBytes(StandardCharsets.US_ASCII));
      boolean exact = value.type != Scalar.Type.DECIMAL || isSame(cell, value);
      return exact ? Fit.EXACT : Fit.SHOWN;
    }

    /**
     * Whether Python's {@code str()} of the cell is the value's text: places and the sign of zero
     * count.
     */
    private static boolean isSame(BigDecimal cell, Scalar value) {
      byte[] text = cell.toString().getBytes(StandardCharsets.US_ASCII);
      return java.util.Arrays.equals(
          text, 0, text.length, value.bytes, value.offset, value.offset + value.length);
    }

    @Override
    public void decode(ColumnData cells, int row, Scalar.Type kind, Scalar value) {
      BigDecimal cell =
          new BigDecimal(
                  new String(
                      cells.pool(),
                      cells.start(row),
                      cells.end(row) - cells.start(row),
                      StandardCharsets.US_ASCII))
              .setScale(scale, java.math.RoundingMode.HALF_EVEN);
      if (kind == Scalar.Type.INT || kind == Scalar.Type.BOOL) {
        BigDecimal whole = cell.stripTrailingZeros();
        if (whole.scale() <= 0) {
          BigInteger integer = whole.toBigIntegerExact();
          boolean bool =
              kind == Scalar.Type.BOOL && integer.signum() >= 0 && integer.bitLength() <= 1;
          if (bool) {
            value.number(Scalar.Type.BOOL, integer.intValue());
          } else {
            value.big(integer);
          }
          return;
        }
      }
      // Java writes a BigDecimal as Python writes a Decimal.
      value.bytes(Scalar.Type.DECIMAL, cell.toString().getBytes(StandardCharsets.US_ASCII));
    }
  }
}
