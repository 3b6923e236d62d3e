package io.picklift.schema.tables.values;

import io.picklift.schema.mapping.ScalarKind;

/** The kinds of values as mapping and kind columns name them. */
public final class KindNames {
  private KindNames() {}

  static Scalar.Type type(ScalarKind kind) {
    return switch (kind) {
      case BOOL -> Scalar.Type.BOOL;
      case INT -> Scalar.Type.INT;
      case FLOAT, SPECIAL -> Scalar.Type.FLOAT;
      case DECIMAL -> Scalar.Type.DECIMAL;
      case STR -> Scalar.Type.TEXT;
      case BYTES -> Scalar.Type.BYTES;
      case DATETIME -> Scalar.Type.DATETIME;
      case INSTANT -> Scalar.Type.INSTANT;
      case DATE -> Scalar.Type.DATE;
      case TIME -> Scalar.Type.TIME;
      case TIMEDELTA -> Scalar.Type.DURATION;
      case UUID -> Scalar.Type.UUID;
    };
  }

  /** Whether a kind column may say so of a single value. */
  public static boolean isLabel(String label) {
    return java.util.Arrays.stream(ScalarKind.values()).anyMatch(k -> k.label().equals(label));
  }

  /** What a kind column shows for a value. */
  public static String label(Scalar.Type type) {
    return switch (type) {
      case NONE -> "none";
      case BOOL -> ScalarKind.BOOL.label();
      case INT -> ScalarKind.INT.label();
      case FLOAT -> ScalarKind.FLOAT.label();
      case DECIMAL -> ScalarKind.DECIMAL.label();
      case TEXT -> ScalarKind.STR.label();
      case BYTES -> ScalarKind.BYTES.label();
      case DATETIME -> ScalarKind.DATETIME.label();
      case INSTANT -> ScalarKind.INSTANT.label();
      case DATE -> ScalarKind.DATE.label();
      case TIME -> ScalarKind.TIME.label();
      case DURATION -> ScalarKind.TIMEDELTA.label();
      case UUID -> ScalarKind.UUID.label();
      case OTHER -> "other";
    };
  }
}
