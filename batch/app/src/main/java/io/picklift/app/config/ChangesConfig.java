package io.picklift.app.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How {@code writeback} finds the saves that changed in the tables: {@code run.changes}.
 *
 * @param column of the table of whole saves, where a newer value tells a change; null for the other
 *     ways
 * @param overlap how far below the newest value that was seen rows are looked at again, in seconds
 *     or in steps of a counter; null for the default
 */
public record ChangesConfig(How how, @Nullable String column, @Nullable Long overlap) {
  static final ChangesConfig SCAN = new ChangesConfig(How.SCAN, null, null);

  /** By what. */
  public enum How {
    /** Every save is looked at. */
    SCAN,
    /** Triggers of the mapped tables note what is written. */
    TRIGGERS,
    /** A column of the table of whole saves grows with each change. */
    UPDATED_AT;

    /** As the configuration has it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static ChangesConfig read(Section run) {
    How how = run.has("changes") ? how(run) : How.SCAN;
    if (how != How.UPDATED_AT) {
      for (String key : List.of("updated_at", "updated_at_overlap")) {
        if (run.has(key)) {
          throw run.error(key, "'" + key + "' is for 'changes: updated_at'");
        }
      }
      return new ChangesConfig(how, null, null);
    }
    return new ChangesConfig(
        how,
        run.text("updated_at"),
        run.has("updated_at_overlap") ? run.steps("updated_at_overlap") : null);
  }

  private static How how(Section run) {
    for (How how : How.values()) {
      if (how.toString().equals(run.text("changes"))) {
        return how;
      }
    }
    throw run.error("changes", "'changes' is scan, triggers or updated_at");
  }
}
