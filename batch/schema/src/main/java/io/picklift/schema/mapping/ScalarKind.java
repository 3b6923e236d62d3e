package io.picklift.schema.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of single values, by the names that {@code only} and a kind column have. */
public enum ScalarKind {
  BOOL,
  INT,
  FLOAT,
  DECIMAL,
  STR,
  BYTES,
  DATETIME,
  /** A datetime with a zone. */
  INSTANT,
  DATE,
  TIME,
  TIMEDELTA,
  UUID,
  /** Floats and Decimals that no column of numbers holds, such as nan, as their text. */
  SPECIAL;

  private final String label = name().toLowerCase(Locale.ROOT);

  public String label() {
    return label;
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(ScalarKind::label).toList();
  }

  static @Nullable ScalarKind of(String label) {
    return Arrays.stream(values()).filter(k -> k.label.equals(label)).findFirst().orElse(null);
  }

  /** The kind that a column of a type is made for; null for JSON, which holds all others. */
  public static @Nullable ScalarKind of(ColumnType type, boolean isUtc) {
    return switch (type.base()) {
      case BOOLEAN -> BOOL;
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> INT;
      case DOUBLE -> FLOAT;
      case DECIMAL -> DECIMAL;
      case VARCHAR, TEXT, MEDIUMTEXT, LONGTEXT -> STR;
      case DATETIME -> isUtc ? INSTANT : DATETIME;
      case DATE -> DATE;
      case TIME -> TIME;
      case BINARY -> UUID;
      case VARBINARY, BLOB, MEDIUMBLOB, LONGBLOB -> BYTES;
      case JSON -> null;
    };
  }
}
