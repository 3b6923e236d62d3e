package io.picklift.app.sum;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SQL by which source and ledger hash the version of a row that has a watermark: the watermark,
 * and the BLOB's hash too where the watermark alone does not prove that the row is as it was.
 */
public enum WatermarkHash {
  NUMBER("DECIMAL(65, 10)", Pattern.compile("-?\\d{1,40}(?:\\.\\d{1,10})?")),
  TIME("DATETIME(6)", Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}"));

  private static final String INTEGER = "(tiny|small|medium|big)?int\\b.*";

  private final String type;
  private final Pattern constant;

  WatermarkHash(String type, Pattern constant) {
    this.type = type;
    this.constant = constant;
  }

  /**
   * The one of a column; null for a type whose values the servers do not compare as they are told.
   *
   * @param declared the column's type as the server shows it
   */
  public static @Nullable WatermarkHash of(String declared) {
    String lower = declared.toLowerCase(Locale.ROOT);
    if (lower.matches(INTEGER) || lower.startsWith("decimal")) {
      return NUMBER;
    }
    return lower.matches("(datetime|timestamp|date)\\b.*") ? TIME : null;
  }

  /**
   * The hash of a row's version, in hex.
   *
   * @param text the watermark's text in UTF-8
   * @param near the least watermark that does not prove its row alone; null where none does
   * @param blob the BLOB's SHA-256 in lower-case hex, or NULL
   */
  public String hash(String text, @Nullable String near, String blob) {
    String bytes = "CAST(" + text + " AS BINARY)";
    String length = "COALESCE(CONCAT(OCTET_LENGTH(%s), ':', %s), '-')".formatted(bytes, bytes);
    String hex = "COALESCE(CAST(" + blob + " AS BINARY), '-')";
    return "SHA2(CONCAT(%s, IF(%s, %s, '')), 256)".formatted(length, isNear(text, near), hex);
  }

  private String isNear(String text, @Nullable String near) {
    if (near == null || !constant.matcher(near).matches()) {
      return "TRUE";
    }
    return "%s IS NULL OR CAST(%s AS %s) >= CAST('%s' AS %s)"
        .formatted(text, text, type, near, type);
  }
}
