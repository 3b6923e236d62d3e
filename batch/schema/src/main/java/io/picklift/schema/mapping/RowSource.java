package io.picklift.schema.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rows of a table are. */
public sealed interface RowSource {
  /**
   * Each object of some classes.
   *
   * @param classes names as {@code module.qualname}, older ones among them
   * @param classColumn the column that holds the object's class
   */
  record OfClass(List<String> classes, @Nullable String classColumn) implements RowSource {
    public OfClass {
      classes = List.copyOf(classes);
    }
  }

  /**
   * Each member of a container.
   *
   * @param ownerTable the table from whose rows the path leads
   * @param ownerColumn the column of the owner's ordinal
   * @param positionColumn the column of the place in the container
   * @param key the column of a dict's key
   */
  record Each(
      String ownerTable,
      ValuePath path,
      String ownerColumn,
      String positionColumn,
      @Nullable KeyColumn key)
      implements RowSource {}

  /**
   * The save's own value: one row.
   *
   * @param split values of the column that the source is split by; empty for all that no other
   *     table names
   */
  record Root(List<String> split) implements RowSource {
    public Root {
      split = List.copyOf(split);
    }
  }

  /**
   * The column that holds the keys of a dict.
   *
   * @param unique whether the server sees to it that a container has each key once
   * @param collation of a text; null for the mapping's
   * @param line in the mapping file, from 1
   */
  record KeyColumn(
      String name, ColumnType type, boolean unique, @Nullable String collation, int line) {}
}
