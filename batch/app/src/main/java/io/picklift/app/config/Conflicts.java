package io.picklift.app.config;

import java.util.Locale;

/**
 * What becomes of a save whose row changed in the source, or went from it, after its rows were
 * edited in the target.
 */
public enum Conflicts {
  /** The target's rows stay as they are, and the save is told. */
  KEEP_TARGET,
  /** The source's save takes their place; what was edited is lost. */
  TAKE_SOURCE,
  /** What only one side changed is taken; the save is told where both changed the same. */
  MERGE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * By its name.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static Conflicts of(String name) {
    for (Conflicts conflicts : values()) {
      if (conflicts.toString().equals(name)) {
        return conflicts;
      }
    }
    throw new IllegalArgumentException("must be keep-target, take-source or merge");
  }
}
