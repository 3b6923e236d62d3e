package io.picklift.app.source;

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
 */
public record SourceRow(
    SaveKey key,
    byte @Nullable [] blob,
    @Nullable String watermark,
    Map<String, String> columns,
    @Nullable String json,
    CarriedColumns carried) {
  /** A row of which nothing is carried but the save. */
  public SourceRow(
      SaveKey key,
      byte @Nullable [] blob,
      @Nullable String watermark,
      Map<String, String> columns,
      @Nullable String json) {
    this(key, blob, watermark, columns, json, CarriedColumns.NOTHING);
  }
}
