package io.picklift.schema.mapping;

import org.jspecify.annotations.Nullable;

/**
 * Which column of the source's row a column holds.
 *
 * @param column the source's name for it; or {@link #SOURCE} or {@link #KEY_SHA256}
 * @param collation of a text, so that it compares as in the source; null for the mapping's
 */
public record SourceColumn(String column, @Nullable String collation) {
  /** In place of a column: the name by which the ledger knows the source. */
  public static final String SOURCE = "$source";

  /**
   * In place of a column: the SHA-256 of the row's key, for keys that are too long to be indexed.
   */
  public static final String KEY_SHA256 = "$key_sha256";
}
