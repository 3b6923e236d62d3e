package io.picklift.schema.draft.types;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ScalarKind;
import org.jspecify.annotations.Nullable;

/**
 * A column's type, and how many of the values it holds.
 *
 * @param kind of the values, where the column is one of several of its place; else null
 * @param isUtc whether the values are datetimes with a zone
 * @param fits values that the column holds
 * @param of values that a column of some type could hold, None apart
 */
public record TypeChoice(
    ColumnType type, long fits, long of, @Nullable ScalarKind kind, boolean isUtc) {
  TypeChoice(ColumnType type, long fits, long of) {
    this(type, fits, of, null, false);
  }

  /** A note for the mapping's reader; empty where all fit. */
  public String comment() {
    if (fits >= of) {
      return "";
    }
    long percent = fits * 100 / of;
    return (percent == 99 ? "over 99" : Long.toString(percent)) + "% of the values fit";
  }
}
