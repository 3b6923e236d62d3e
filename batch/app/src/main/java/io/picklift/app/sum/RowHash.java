package io.picklift.app.sum;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL by which source and ledger hash a row: SHA-256 of the parts of its key, its version, and
 * what it carries. Each part has its length before it, so that no parts can be taken for others,
 * and a NULL is no text. MySQL and MariaDB take the same SQL and give the same hash.
 */
public final class RowHash {
  private static final int QUARTERS = 4;
  private static final int DIGITS = 16;

  /** A subquery with a LIMIT is not merged into the query around it: a row is hashed once. */
  public static final String ALL = " LIMIT 18446744073709551615";

  private RowHash() {}

  /**
   * The hash of a row, in hex.
   *
   * @param parts expressions whose values are text in UTF-8, or NULL
   */
  public static String of(List<String> parts) {
    return parts.stream()
        .map(RowHash::part)
        .collect(Collectors.joining(", ", "SHA2(CONCAT(", "), 256)"));
  }

  /** As bytes: texts of different collations do not mix. */
  private static String part(String text) {
    String bytes = "CAST(" + text + " AS BINARY)";
    return "COALESCE(CONCAT(OCTET_LENGTH(" + bytes + "), ':', " + bytes + "), '-')";
  }

  /** The columns of a {@link RowSum} over rows whose hash is a column of this name. */
  public static String sum(String hash) {
    List<String> columns = new ArrayList<>();
    columns.add("COUNT(*)");
    for (int i = 0; i < QUARTERS; i++) {
      columns.add(
          "BIT_XOR(CAST(CONV(SUBSTRING(%s, %d, %d), 16, 10) AS UNSIGNED))"
              .formatted(hash, i * DIGITS + 1, DIGITS));
    }
    return String.join(", ", columns);
  }
}
