package io.picklift.app.companion;

import org.jspecify.annotations.Nullable;

/**
 * What a source value becomes.
 *
 * @param value for the typed column, a text, a Double or bytes; null where its type has none for it
 * @param beside the source's value, where the typed column does not give it back exactly
 */
record CompanionCell(@Nullable Object value, @Nullable Object beside) {
  static final CompanionCell NULL = new CompanionCell(null, null);

  static CompanionCell exact(Object value) {
    return new CompanionCell(value, null);
  }
}
