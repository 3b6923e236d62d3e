package io.picklift.app.companion;

import io.picklift.app.source.KeyKind;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The type of a source column, as {@code SHOW COLUMNS} declares it.
 *
 * @param base its name in lower case
 * @param size the first number in its brackets; -1 for none
 * @param scale the second one; -1 for none
 * @param isZeroFilled whether its text may begin with zeros
 * @param collation of a text; null for another type
 */
record DeclaredType(
    String base,
    int size,
    int scale,
    boolean isUnsigned,
    boolean isZeroFilled,
    @Nullable String collation) {
  private static final Pattern FORM =
      Pattern.compile("([a-z][a-z0-9 ]*?)(?:\\((\\d+)(?:,(\\d+))?\\)|\\(.*\\))?( .*)?");

  /** What values of a type look like. */
  enum Family {
    /** Whole numbers, decimals and bits, whose text tells the number exactly. */
    NUMBER,
    /** Binary fractions. */
    REAL,
    TIME,
    TEXT,
    JSON,
    BYTES
  }

  static DeclaredType of(String declared, @Nullable String collation) {
    String lower = declared.toLowerCase(Locale.ROOT);
    Matcher form = FORM.matcher(lower);
    if (!form.matches()) {
      return new DeclaredType(lower, -1, -1, false, false, collation);
    }
    return new DeclaredType(
        form.group(1).strip(),
        number(form.group(2)),
        number(form.group(3)),
        lower.contains(" unsigned"),
        lower.contains(" zerofill"),
        collation);
  }

  private static int number(@Nullable String digits) {
    return digits == null ? -1 : Integer.parseInt(digits);
  }

  Family family() {
    if (isZeroFilled) {
      return Family.TEXT;
    }
    return switch (base) {
      case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "bit", "year" ->
          Family.NUMBER;
      case "float", "double" -> Family.REAL;
      case "date", "datetime", "timestamp", "time" -> Family.TIME;
      case "json" -> Family.JSON;
      case "binary",
          "varbinary",
          "tinyblob",
          "blob",
          "mediumblob",
          "longblob",
          "geometry",
          "point",
          "linestring",
          "polygon",
          "vector" ->
          Family.BYTES;
      default -> Family.TEXT;
    };
  }

  /** The kind of a key column of this type; null for one whose values the server does not tell. */
  @Nullable KeyKind keyKind() {
    return switch (base) {
      case "enum", "set" -> KeyKind.CHOICE;
      case "float", "double", "json" -> null;
      default ->
          switch (family()) {
            case BYTES -> KeyKind.BINARY;
            case NUMBER -> KeyKind.NUMBER;
            default -> isZeroFilled ? KeyKind.NUMBER : KeyKind.TEXT;
          };
    };
  }

  /** How many bits a whole number has; 0 for another type. */
  int bits() {
    return switch (base) {
      case "tinyint" -> 8;
      case "smallint", "year" -> 16;
      case "mediumint" -> 24;
      case "int" -> 32;
      case "bigint" -> 64;
      default -> 0;
    };
  }

  /** The value as SQL selects it: bytes as they are, all else as text that tells it exactly. */
  String selected(String column) {
    if (family() == Family.BYTES) {
      return column;
    }
    return "CAST(" + exact(column) + " AS CHAR)";
  }

  /** A FLOAT is shown rounded, and bits are shown as bytes, unless one calculates with them. */
  private String exact(String column) {
    return switch (base) {
      case "float" -> "(" + column + " + 0e0)";
      case "bit" -> "(" + column + " + 0)";
      default -> column;
    };
  }

  /** The value's hash as SQL; {@code -} for NULL. */
  String hashed(String column) {
    return "COALESCE(SHA2(CAST(" + exact(column) + " AS BINARY), 256), '-')";
  }
}
