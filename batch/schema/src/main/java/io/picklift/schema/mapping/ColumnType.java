package io.picklift.schema.mapping;

import io.picklift.schema.yaml.NearestName;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SQL type of a column.
 *
 * @param size the length of a {@code VARCHAR} (characters) or {@code VARBINARY} (bytes), the
 *     precision of a {@code DECIMAL}; else 0
 * @param scale the places of a {@code DECIMAL}; else 0
 */
public record ColumnType(Base base, int size, int scale, boolean unsigned) {
  /** The families of types. */
  public enum Base {
    BOOLEAN,
    TINYINT,
    SMALLINT,
    MEDIUMINT,
    INT,
    BIGINT,
    DOUBLE,
    DECIMAL,
    VARCHAR,
    TEXT,
    MEDIUMTEXT,
    LONGTEXT,
    DATETIME,
    DATE,
    TIME,
    BINARY,
    VARBINARY,
    BLOB,
    MEDIUMBLOB,
    LONGBLOB,
    JSON;

    public boolean isInteger() {
      return switch (this) {
        case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> true;
        default -> false;
      };
    }

    public boolean isText() {
      return switch (this) {
        case VARCHAR, TEXT, MEDIUMTEXT, LONGTEXT -> true;
        default -> false;
      };
    }

    /** BINARY is not among them: it holds UUIDs. */
    public boolean isBytes() {
      return switch (this) {
        case VARBINARY, BLOB, MEDIUMBLOB, LONGBLOB -> true;
        default -> false;
      };
    }
  }

  /** What a mapping may write. */
  static final List<String> KNOWN =
      List.of(
          "BOOLEAN",
          "TINYINT",
          "SMALLINT",
          "MEDIUMINT",
          "INT",
          "BIGINT",
          "DOUBLE",
          "DECIMAL(p,s)",
          "VARCHAR(n)",
          "TEXT",
          "MEDIUMTEXT",
          "LONGTEXT",
          "DATETIME(6)",
          "DATE",
          "TIME(6)",
          "BINARY(16)",
          "VARBINARY(n)",
          "BLOB",
          "MEDIUMBLOB",
          "LONGBLOB",
          "JSON");

  /** What other databases, and MySQL itself, call some of them. */
  private static final Map<String, String> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("BIT", "BOOLEAN"),
          Map.entry("BOOL", "BOOLEAN"),
          Map.entry("BYTEA", "BLOB"),
          Map.entry("CHAR", "VARCHAR(n)"),
          Map.entry("CLOB", "LONGTEXT"),
          Map.entry("ENUM", "VARCHAR(n)"),
          Map.entry("FLOAT", "DOUBLE"),
          Map.entry("INTEGER", "INT"),
          Map.entry("JSONB", "JSON"),
          Map.entry("LONG", "BIGINT"),
          Map.entry("NUMERIC", "DECIMAL(p,s)"),
          Map.entry("REAL", "DOUBLE"),
          Map.entry("SET", "JSON"),
          Map.entry("STR", "VARCHAR(n)"),
          Map.entry("STRING", "VARCHAR(n)"),
          Map.entry("TIMESTAMP", "DATETIME(6)"),
          Map.entry("TINYBLOB", "BLOB"),
          Map.entry("TINYTEXT", "TEXT"),
          Map.entry("UUID", "BINARY(16)"));

  private static final int MAX_VARCHAR = 16_383;
  private static final int MAX_VARBINARY = 65_535;
  private static final int MAX_DECIMAL_DIGITS = 65;
  private static final int MAX_DECIMAL_PLACES = 30;
  private static final int UUID_BYTES = 16;

  private static final Pattern FORM =
      Pattern.compile("([A-Z]+)(?:\\((\\d{1,6})(?:,(\\d{1,3}))?\\))?( UNSIGNED)?");

  public static ColumnType of(Base base) {
    return new ColumnType(base, base == Base.BINARY ? UUID_BYTES : 0, 0, false);
  }

  public static ColumnType of(Base base, int size) {
    return new ColumnType(base, size, 0, false);
  }

  /**
   * Reads a type as the mapping writes it.
   *
   * @throws IllegalArgumentException with a message for people
   */
  public static ColumnType parse(String text) {
    String normal =
        text.trim()
            .toUpperCase(Locale.ROOT)
            .replaceAll("\\s*([(),])\\s*", "$1")
            .replaceAll("\\s+", " ");
    Matcher form = FORM.matcher(normal);
    if (!form.matches()) {
      throw unknown(text);
    }
    Base base =
        Arrays.stream(Base.values())
            .filter(b -> b.name().equals(form.group(1)))
            .findFirst()
            .orElseThrow(() -> unknown(text));
    int size = form.group(2) == null ? -1 : Integer.parseInt(form.group(2));
    int scale = form.group(3) == null ? -1 : Integer.parseInt(form.group(3));
    boolean unsigned = form.group(4) != null;
    if (unsigned && !base.isInteger()) {
      throw new IllegalArgumentException(text + ": only whole numbers can be UNSIGNED");
    }
    if (scale >= 0 && base != Base.DECIMAL) {
      throw unknown(text);
    }
    return switch (base) {
      case DECIMAL -> {
        check(size >= 1 && size <= MAX_DECIMAL_DIGITS, text, "DECIMAL(p,s) has 1 to 65 digits");
        int places = Math.max(scale, 0);
        check(
            places <= Math.min(size, MAX_DECIMAL_PLACES),
            text,
            "DECIMAL(p,s) has at most 30 places, and no more than digits");
        yield new ColumnType(base, size, places, false);
      }
      case VARCHAR -> {
        check(size >= 1 && size <= MAX_VARCHAR, text, "VARCHAR(n) has 1 to 16383 characters");
        yield of(base, size);
      }
      case VARBINARY -> {
        check(size >= 1 && size <= MAX_VARBINARY, text, "VARBINARY(n) has 1 to 65535 bytes");
        yield of(base, size);
      }
      case BINARY -> {
        check(
            size == UUID_BYTES,
            text,
            "BINARY(16) is the only one; use VARBINARY(n) for other bytes");
        yield of(base);
      }
      case DATETIME, TIME -> {
        check(size == 6 || size == -1, text, "use " + base + "(6), which keeps microseconds");
        yield of(base);
      }
      default -> {
        check(size == -1, text, base + " has no length here");
        yield new ColumnType(base, 0, 0, unsigned);
      }
    };
  }

  private static void check(boolean ok, String text, String message) {
    if (!ok) {
      throw new IllegalArgumentException(text + ": " + message);
    }
  }

  private static IllegalArgumentException unknown(String text) {
    String name = text.toUpperCase(Locale.ROOT).replaceFirst("\\W.*", "");
    String meant = OTHER_NAMES.get(name);
    return new IllegalArgumentException(
        "unknown column type "
            + text
            + (meant == null ? NearestName.hint(text, KNOWN) : "; did you mean " + meant + "?"));
  }

  /** Whether a column of whole numbers, as this is, can hold one. */
  public boolean isInRange(BigInteger value) {
    int bits =
        switch (base) {
          case TINYINT -> 8;
          case SMALLINT -> 16;
          case MEDIUMINT -> 24;
          case INT -> 32;
          default -> 64;
        };
    BigInteger range = BigInteger.ONE.shiftLeft(unsigned ? bits : bits - 1);
    return value.compareTo(range) < 0
        && value.compareTo(unsigned ? BigInteger.ZERO : range.negate()) >= 0;
  }

  /** Whether its numbers are more than a long holds. */
  public boolean isWideUnsigned() {
    return base == Base.BIGINT && unsigned;
  }

  /** As DDL and mapping write it. */
  public String sql() {
    return switch (base) {
      case DECIMAL -> "DECIMAL(" + size + "," + scale + ")";
      case VARCHAR, VARBINARY, BINARY -> base + "(" + size + ")";
      case DATETIME, TIME -> base + "(6)";
      default -> unsigned ? base + " UNSIGNED" : base.name();
    };
  }

  /** Whether an index can take the whole of such a column. */
  public boolean isIndexable() {
    return switch (base) {
      case TEXT, MEDIUMTEXT, LONGTEXT, BLOB, MEDIUMBLOB, LONGBLOB, JSON -> false;
      default -> true;
    };
  }

  @Override
  public String toString() {
    return sql();
  }
}
