package io.picklift.app.source;

import org.jspecify.annotations.Nullable;

/**
 * A key, and what tells whether its save changed.
 *
 * @param key the key
 * @param version the BLOB's SHA-256 in lower-case hex, or the watermark; null for NULL, or where
 *     not asked for
 */
public record KeyState(SaveKey key, @Nullable String version) {}
