package io.picklift.app.sum;

import java.util.ArrayList;
import java.util.List;

/**
 * The SQL by which source and ledger hash a row: SHA-256 of its key, its version, and what it
 * carries. Each has its length before it, so that none can be taken for a part of the next, and a
 * NULL is told from every text. MySQL and MariaDB take the same SQL and give the same hash.
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
   * @param key its text in UTF-8
   * @param version a SHA-256 in lower-case hex, or NULL
   * @param carried the same
   */
  public static String of(String key, String version, String carried) {
    String bytes = "CAST(" + key + " AS BINARY)";
    return "SHA2(CONCAT(OCTET_LENGTH(%s), ':', %s, %s, %s), 256)"
        .formatted(bytes, bytes, hash(version), hash(carried));
  }

  /** As bytes, since texts of different collations do not mix; named once, and so made once. */
  private static String hash(String hex) {
    return "COALESCE(CONCAT('64:', CAST(" + hex + " AS BINARY)), '-')";
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
