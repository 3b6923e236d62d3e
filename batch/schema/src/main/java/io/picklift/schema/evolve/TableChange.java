package io.picklift.schema.evolve;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a table.
 *
 * @param name as the new mapping has it; of a dropped one, as the former has it
 * @param former its name in the former mapping; null for a new one
 */
public record TableChange(How how, String name, @Nullable String former) {
  /** What is done. */
  public enum How {
    /** Nothing. */
    KEPT,
    /** Its indexes change, its rows stay. */
    ALTERED,
    /** Its rows are written anew. */
    REWRITTEN,
    MADE,
    DROPPED;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether rows are written into it. */
  public boolean isWritten() {
    return how == How.REWRITTEN || how == How.MADE;
  }
}
