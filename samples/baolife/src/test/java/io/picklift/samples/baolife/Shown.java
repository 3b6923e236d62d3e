package io.picklift.samples.baolife;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a column shows of a value of {@code expected.json}. */
final class Shown {
  private Shown() {}

  /** As text; null for NULL, which is what no column of this type can hold. */
  static @Nullable String of(String path, JsonNode value) {
    if (value.has("utcOffsetSeconds") || value.has("$float") || value.has("$bytes")) {
      return null;
    }
    if (value.has("$datetime")) {
      String text = value.get("$datetime").asText().replace('T', ' ');
      return fraction(text);
    }
    if (value.has("$date")) {
      return value.get("$date").asText();
    }
    if (value.has("$decimal")) {
      String text = value.get("$decimal").asText();
      return text.equals("NaN") ? null : number(new BigDecimal(text));
    }
    if (value.has("$int")) {
      // 133 bits in a DECIMAL(42,0), and no more than 32 in an INT.
      return path.equals("worldSeed") ? value.get("$int").asText() : null;
    }
    if (value.isBoolean()) {
      return value.asBoolean() ? "1" : "0";
    }
    if (value.isFloatingPointNumber() && 1 / value.asDouble() == Double.NEGATIVE_INFINITY) {
      return null;
    }
    if (value.isNumber()) {
      return number(value.decimalValue());
    }
    String text = value.asText();
    if (path.endsWith(".title") && text.length() > 200) {
      return null;
    }
    return text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF) ? null : text;
  }

  /** A column's value in the same form. */
  static @Nullable String normal(JsonNode value, @Nullable String column) {
    boolean isNumber = value.isNumber() || value.has("$decimal");
    if (column == null) {
      return null;
    }
    return isNumber
        ? number(new BigDecimal(column))
        : value.has("$datetime") ? fraction(column) : column;
  }

  /** Servers and drivers show more zeros or fewer. */
  private static String fraction(String time) {
    return time.contains(".") ? time.replaceAll("\\.?0+$", "") : time;
  }

  private static String number(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
