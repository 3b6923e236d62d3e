package io.picklift.schema.draft.types;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.profile.ValueKind;
import java.math.BigInteger;

/** Which kinds of values a column type is made for. */
public final class TypeFit {
  private TypeFit() {}

  public static boolean holds(ColumnType type, ValueKind kind) {
    return switch (type.base()) {
      case BOOLEAN -> kind == ValueKind.BOOL || kind == ValueKind.INT;
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT ->
          switch (kind) {
            case INT, BOOL, FLOAT, DURATION -> true;
            default -> false;
          };
      case DOUBLE -> kind == ValueKind.FLOAT || kind == ValueKind.INT || kind == ValueKind.BOOL;
      case DECIMAL -> kind == ValueKind.DECIMAL || (kind == ValueKind.INT && type.scale() == 0);
      case VARCHAR, TEXT, MEDIUMTEXT, LONGTEXT -> kind == ValueKind.TEXT;
      case DATETIME -> kind == ValueKind.DATETIME || kind == ValueKind.INSTANT;
      case DATE -> kind == ValueKind.DATE;
      case TIME -> kind == ValueKind.TIME;
      case BINARY -> kind == ValueKind.UUID;
      case VARBINARY, BLOB, MEDIUMBLOB, LONGBLOB -> kind == ValueKind.BYTES;
      case JSON ->
          switch (kind) {
            case BOOL, INT, FLOAT, TEXT -> true;
            default -> false;
          };
    };
  }

  public static boolean inRange(ColumnType type, BigInteger min, BigInteger max) {
    return type.isInRange(min) && type.isInRange(max);
  }
}
