package io.picklift.schema.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;

/** What a mapping may write as {@code default}. */
final class DefaultValues {
  private DefaultValues() {}

  /**
   * The value: Boolean, Long, BigInteger, Double, BigDecimal, or String for text and times.
   *
   * @throws IllegalArgumentException with a message for people
   */
  static Object parse(ColumnType type, String text) {
    try {
      return switch (type.base()) {
        case BOOLEAN ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw wrong(type, text);
            };
        case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> {
          BigInteger value = new BigInteger(text);
          if (!type.isInRange(value)) {
            throw wrong(type, text);
          }
          // Beyond a long are only the greatest of a BIGINT UNSIGNED, which nobody takes for one.
          yield value.longValueExact();
        }
        case DOUBLE -> {
          double value = Double.parseDouble(text);
          if (!Double.isFinite(value)) {
            throw wrong(type, text);
          }
          yield value;
        }
        case DECIMAL -> {
          BigDecimal value = new BigDecimal(text).setScale(type.scale());
          if (value.precision() > type.size()) {
            throw wrong(type, text);
          }
          yield value;
        }
        case VARCHAR -> {
          if (text.codePointCount(0, text.length()) > type.size()) {
            throw wrong(type, text);
          }
          yield text;
        }
        case TEXT, MEDIUMTEXT, LONGTEXT -> text;
        case DATETIME, DATE, TIME, BINARY, VARBINARY, BLOB, MEDIUMBLOB, LONGBLOB, JSON ->
            throw new IllegalArgumentException("a " + type + " has no default");
      };
    } catch (ArithmeticException | NumberFormatException e) {
      throw wrong(type, text);
    }
  }

  private static IllegalArgumentException wrong(ColumnType type, String text) {
    return new IllegalArgumentException("the default " + text + " is no " + type);
  }
}
