package io.picklift.schema.tables.values;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A {@code VARCHAR} of the floats and Decimals that no column of numbers holds, as the text that
 * Python has for them: where a number is nan, the number's column is NULL and this one says so.
 */
final class SpecialCodec extends ColumnCodec {
  /** The nan that Python writes; others have bits of their own, which the text does not tell. */
  private static final long NAN = 0x7ff8_0000_0000_0000L;

  private static final Set<String> DECIMALS =
      Set.of("NaN", "-NaN", "sNaN", "-sNaN", "Infinity", "-Infinity");

  private final int mostCharacters;

  SpecialCodec(int mostCharacters) {
    this.mostCharacters = mostCharacters;
  }

  @Override
  public Fit encode(Scalar value, ColumnData cells) {
    String text =
        switch (value.type) {
          case FLOAT -> text(value.real);
          case DECIMAL -> decimal(text(value));
          default -> "";
        };
    if (text.isEmpty() || text.length() > mostCharacters) {
      return Fit.UNFIT;
    }
    cells.add(text.getBytes(StandardCharsets.US_ASCII));
    boolean isOther = Double.isNaN(value.real) && Double.doubleToRawLongBits(value.real) != NAN;
    return value.type == Scalar.Type.FLOAT && isOther ? Fit.SHOWN : Fit.EXACT;
  }

  @Override
  public void decode(ColumnData cells, int row, Scalar.Type kind, Scalar value) {
    int start = cells.start(row);
    value.bytes(Scalar.Type.TEXT, cells.pool(), start, cells.end(row) - start);
    switch (text(value)) {
      case "nan" -> value.real(Double.longBitsToDouble(NAN));
      case "inf" -> value.real(Double.POSITIVE_INFINITY);
      case "-inf" -> value.real(Double.NEGATIVE_INFINITY);
      case "-0.0" -> value.real(-0.0);
      // Of another text: where it was put is told, since the save then shows another cell.
      default -> value.type = Scalar.Type.DECIMAL;
    }
  }

  /** Empty for a number that is not special. */
  private static String text(double real) {
    boolean isSpecial =
        !Double.isFinite(real)
            || Double.doubleToRawLongBits(real) == Double.doubleToRawLongBits(-0.0);
    return isSpecial ? new String(PythonText.repr(real), StandardCharsets.US_ASCII) : "";
  }

  private static String decimal(String text) {
    return DECIMALS.contains(text) ? text : "";
  }

  private static String text(Scalar value) {
    return new String(value.bytes, value.offset, value.length, StandardCharsets.UTF_8);
  }
}
