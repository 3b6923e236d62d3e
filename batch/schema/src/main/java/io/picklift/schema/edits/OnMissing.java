package io.picklift.schema.edits;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What becomes of a reference to an object whose row was deleted. */
public enum OnMissing {
  /** The save cannot be restored, and the reference is named. */
  ERROR,
  /** None takes its place. */
  NULL,
  /** It leaves: its attribute, its member of a list or set, its key of a dict. */
  DROP;

  static @Nullable OnMissing of(String text) {
    for (OnMissing one : values()) {
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
