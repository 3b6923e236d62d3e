package io.picklift.schema.tables.document;

import io.picklift.codec.bytes.ByteOutput;
import io.picklift.codec.text.Utf8;
import io.picklift.schema.tables.values.CellText;
import io.picklift.schema.tables.values.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Elements of arrays, which are no nodes of a graph, as {@code decode} writes such values. */
public final class ElementForms {
  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;

  private ElementForms() {}

  /** The form; empty for what Python has no value for, such as a time of the year 20000. */
  public static String of(Scalar value) {
    return switch (value.type) {
      case NONE -> "null";
      case BOOL -> value.number == 1 ? "true" : "false";
      case INT -> value.isBig ? form("int", value.big.toString()) : Long.toString(value.number);
      case FLOAT -> real(value.real);
      case TEXT -> text(value);
      case BYTES -> form("bytes", Base64.getEncoder().encodeToString(bytes(value)));
      case DATETIME, INSTANT -> form("datetime", time(value));
      case DATE -> form("date", CellText.of(value));
      case TIME -> form("time", time(value));
      case DURATION -> duration(value.number);
      case DECIMAL -> form("decimal", CellText.of(value));
      case UUID -> form("uuid", CellText.of(value));
      case OTHER -> "";
    };
  }

  private static String form(String type, String text) {
    return "{\"$" + type + "\": \"" + text + "\"}";
  }

  private static String real(double value) {
    if (Double.isNaN(value)) {
      return form("float", "nan");
    }
    return Double.isInfinite(value)
        ? form("float", value > 0 ? "inf" : "-inf")
        : Double.toString(value);
  }

  private static String text(Scalar value) {
    if (!Utf8.isStrict(value.bytes, value.offset, value.length)) {
      return form("str", Base64.getEncoder().encodeToString(bytes(value)));
    }
    ByteOutput out = new ByteOutput();
    JsonDocuments.string(out, value.bytes, value.offset, value.length);
    return new String(out.toArray(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Scalar value) {
    return Arrays.copyOfRange(value.bytes, value.offset, value.offset + value.length);
  }

  private static String time(Scalar value) {
    return CellText.of(value).replace(".000000", "");
  }

  private static String duration(long micros) {
    long ofDay = Math.floorMod(micros, DAY);
    long days = Math.floorDiv(micros, DAY);
    return "{\"$timedelta\": [" + days + ", " + ofDay / SECOND + ", " + ofDay % SECOND + "]}";
  }
}
