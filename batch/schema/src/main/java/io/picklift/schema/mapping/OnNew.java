package io.picklift.schema.mapping;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What becomes of a save that has something the mapping does not know. */
public enum OnNew {
  /** It stays in the residue with all else that has no column. */
  RESIDUE,
  /** The save is refused. */
  QUARANTINE,
  /** The run stops before the save is written. */
  FREEZE;

  static @Nullable OnNew of(String text) {
    for (OnNew one : values()) {
      if (one.label().equals(text)) {
        return one;
      }
    }
    return null;
  }

  /** The word that a mapping has for it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
