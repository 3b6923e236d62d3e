package io.picklift.app.source;

import io.picklift.app.input.LeftOut;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the source, read whole.
 *
 * @param key its key
 * @param blob the save; null for NULL
 * @param watermark the watermark column as text; null where there is none
 * @param columns copies to check: column to value as text, absent for NULL; empty unless asked for
 * @param json the JSON copy; null for NULL, or unless asked for
 * @param carried columns that go into the target beside the save
 * @param leftOut what the BLOB is that there was not enough memory to read; {@code blob} is null
 */
public record SourceRow(
    SaveKey key,
    byte @Nullable [] blob,
    @Nullable String watermark,
    Map<String, String> columns,
    @Nullable String json,
    CarriedColumns carried,
    @Nullable LeftOut leftOut) {
  /** A row of which nothing is carried but the save. */
  public SourceRow(
      SaveKey key,
      byte @Nullable [] blob,
      @Nullable String watermark,
      Map<String, String> columns,
      @Nullable String json) {
    this(key, blob, watermark, columns, json, CarriedColumns.NOTHING, null);
  }

  /**
   * The value of a column of the key, or of one that is carried; null for NULL and for a column
   * that is neither.
   *
   * @param keyColumns the columns of the key, in the order of its values
   */
  public @Nullable String outer(List<String> keyColumns, String column) {
    int part = keyColumns.indexOf(column);
    return part >= 0 ? key.parts().get(part) : carried.values().get(column);
  }

  /** The BLOB's SHA-256 in lower-case hex; null for a NULL. */
  public @Nullable String blobSha256() {
    if (leftOut != null) {
      return leftOut.sha256();
    }
    return blob == null ? null : HexFormat.of().formatHex(Sha256.of(blob));
  }
}
