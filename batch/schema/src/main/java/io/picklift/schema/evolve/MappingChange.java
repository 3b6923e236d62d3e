package io.picklift.schema.evolve;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a new mapping says otherwise than the one before.
 *
 * @param table as the new mapping names it; of a table that is dropped, as the former does
 * @param column likewise; null where it is about the table
 * @param message for people, without the names of table and column
 * @param misfits finds the values that will not fit; null where all will
 */
public record MappingChange(
    Kind kind, String table, @Nullable String column, String message, @Nullable Misfits misfits) {

  /** What sort of change. */
  public enum Kind {
    TABLE_ADDED,
    TABLE_DROPPED,
    TABLE_RENAMED,
    /** The rows of one table go into several. */
    TABLE_SPLIT,
    /** The rows of several tables go into one. */
    TABLES_MERGED,
    /** A table has other rows: of other classes, or of another place. */
    ROWS,
    COLUMN_ADDED,
    COLUMN_DROPPED,
    COLUMN_RENAMED,
    /** The column's values come from another path. */
    PATH,
    WIDENED,
    NARROWED,
    /** A type for values of another kind. */
    RETYPED,
    /** A value of a row's own object becomes a column of another table. */
    MOVED_TO_CHILD,
    /** The reverse. */
    MOVED_INLINE,
    COMPUTED_ADDED,
    COMPUTED_DROPPED,
    INDEX_ADDED,
    INDEX_DROPPED,
    FOREIGN_KEYS,
    COLLATION,
    /** Whatever else the mapping says of a table or column. */
    SETTINGS;

    /** As it is written: {@code column-added}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Finds values that their new column will not hold.
   *
   * @param table that has them now
   * @param condition SQL over its rows
   */
  public record Misfits(String table, String condition) {}

  /** {@code person.age}, or the table alone. */
  public String place() {
    return column == null ? table : table + "." + column;
  }
}
