package io.picklift.app.source;

import org.jspecify.annotations.Nullable;

/**
 * A key of the source, with the version that shows whether its save changed.
 *
 * @param key the key
 * @param version the BLOB's SHA-256 in lower-case hex, or the watermark; null for NULL, or where
 *     not asked for
 * @param carried {@link CarriedColumns#sha256()} of the row; null where not asked for
 */
public record KeyState(SaveKey key, @Nullable String version, @Nullable String carried) {
  /** Of a source of which no column is carried. */
  public KeyState(SaveKey key, @Nullable String version) {
    this(key, version, null);
  }
}
