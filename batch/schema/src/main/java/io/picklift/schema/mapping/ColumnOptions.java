package io.picklift.schema.mapping;

import org.jspecify.annotations.Nullable;

/**
 * What a column's values are, beyond its type, and which columns stand beside it.
 *
 * @param isUtc whether a DATETIME holds the instants in UTC of dates with a zone, and no others
 * @param offset the column of how many seconds each such date's own clock is ahead of UTC; or null
 * @param only the kind of values that the column holds alone; null where its type says it
 * @param kind the column that says which kind of value stands at the path; or null
 * @param dtype the column of the type of a numpy array whose bytes the column holds; or null
 * @param shape the column of its sizes; or null
 * @param isClass whether the column holds the name of the class of the object at the path
 */
public record ColumnOptions(
    boolean isUtc,
    @Nullable String offset,
    @Nullable ScalarKind only,
    @Nullable String kind,
    @Nullable String dtype,
    @Nullable String shape,
    boolean isClass) {
  public static final ColumnOptions NONE =
      new ColumnOptions(false, null, null, null, null, null, false);

  /** Those of a column of class names. */
  public static final ColumnOptions CLASS =
      new ColumnOptions(false, null, null, null, null, null, true);

  /** Whether the column holds values of one kind alone. */
  public boolean isOfOneKind() {
    return only != null || kind != null;
  }
}
