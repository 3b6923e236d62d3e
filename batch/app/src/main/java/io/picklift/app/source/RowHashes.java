package io.picklift.app.source;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the source without its BLOB.
 *
 * @param blob the BLOB's SHA-256 in lower-case hex; null for NULL
 * @param columns copies to check: column to value as text, absent for NULL
 * @param json the SHA-256 of the JSON copy in UTF-8, in lower-case hex; null for NULL or where
 *     there is none
 * @param carried {@link CarriedColumns#sha256()}
 */
public record RowHashes(
    SaveKey key,
    @Nullable String blob,
    Map<String, String> columns,
    @Nullable String json,
    @Nullable String carried) {
  /** Of a row that was read whole. */
  public static RowHashes of(SourceRow row) {
    return of(row, hash(row.blob()));
  }

  /**
   * The same.
   *
   * @param blob the BLOB's hash
   */
  public static RowHashes of(SourceRow row, @Nullable String blob) {
    String json = row.json();
    return new RowHashes(
        row.key(),
        blob,
        row.columns(),
        hash(json == null ? null : json.getBytes(StandardCharsets.UTF_8)),
        row.carried().sha256());
  }

  private static @Nullable String hash(byte @Nullable [] bytes) {
    return bytes == null ? null : HexFormat.of().formatHex(Sha256.of(bytes));
  }
}
