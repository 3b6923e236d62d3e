package io.picklift.app.source;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Converts the values of a key column to text and back, so that the server compares them as its own
 * type.
 */
public enum KeyKind {
  TEXT,
  NUMBER,
  BINARY,
  /** {@code ENUM} and {@code SET}, which the server sorts as numbers and compares as text. */
  CHOICE;

  /** The kind of a column of a type of {@link Types}. */
  public static KeyKind of(int sqlType) {
    return switch (sqlType) {
      case Types.BIT,
          Types.BOOLEAN,
          Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.DECIMAL,
          Types.NUMERIC ->
          NUMBER;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> BINARY;
      default -> TEXT;
    };
  }

  /** The column as what sorts and compares alike. */
  public String sorted(String column) {
    return this == CHOICE ? "CONCAT(" + column + ")" : column;
  }

  /**
   * The column as the text that {@link #read} gives: a number without the zeros that {@code
   * ZEROFILL} puts before it, a time without a fraction that is all zeros.
   *
   * @param declared its type as the server shows it
   */
  String text(String column, String declared) {
    return switch (this) {
      case TEXT -> withoutZeros("CONVERT(" + column + " USING utf8mb4)", declared);
      case CHOICE -> "CONVERT(" + column + " USING utf8mb4)";
      case NUMBER -> "CAST(" + column + " + 0 AS CHAR)";
      case BINARY -> "LOWER(HEX(" + column + "))";
    };
  }

  private static String withoutZeros(String text, String declared) {
    int digits =
        declared.matches("(datetime|timestamp|time)\\(\\d\\).*")
            ? declared.charAt(declared.indexOf('(') + 1) - '0'
            : 0;
    return digits == 0 ? text : "TRIM(TRAILING '." + "0".repeat(digits) + "' FROM " + text + ")";
  }

  public String read(ResultSet row, int column) throws SQLException {
    return Objects.requireNonNull(readOrNull(row, column), "a key that is NULL");
  }

  /**
   * The same, null for NULL. No value is asked for as an object: the driver has none for a negative
   * {@code TIME}.
   */
  @Nullable String readOrNull(ResultSet row, int column) throws SQLException {
    return switch (this) {
      case TEXT, CHOICE -> row.getString(column);
      case NUMBER -> {
        BigDecimal number = row.getBigDecimal(column);
        yield number == null ? null : number.toPlainString();
      }
      case BINARY -> {
        byte[] bytes = row.getBytes(column);
        yield bytes == null ? null : HexFormat.of().formatHex(bytes);
      }
    };
  }

  /** Whether a value can be one of this kind. */
  public boolean isValue(String value) {
    try {
      switch (this) {
        case TEXT, CHOICE -> {}
        case NUMBER -> new BigDecimal(value);
        case BINARY -> HexFormat.of().parseHex(value);
      }
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Sets a parameter to a value as {@link SaveKey} has it. */
  public void bind(PreparedStatement statement, int parameter, String value) throws SQLException {
    switch (this) {
      case TEXT, CHOICE -> statement.setString(parameter, value);
      case NUMBER -> statement.setBigDecimal(parameter, new BigDecimal(value));
      case BINARY -> statement.setBytes(parameter, HexFormat.of().parseHex(value));
    }
  }
}
