package io.picklift.schema.frames;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table in a save.
 *
 * @param columns in their order
 * @param index the labels of the rows, one for each level
 */
public record Frame(int rows, List<Column> columns, List<Column> index) {
  /** The label of the only column of what has one, a Series. */
  public static final String VALUE = "$value";

  /** The label of the index; of several levels each has its place behind it. */
  public static final String INDEX = "$index";

  /**
   * A column.
   *
   * @param label its name, or its number as text; null where it is neither
   * @param cells null where they are of a layout that is not known
   */
  public record Column(@Nullable String label, @Nullable FrameCells cells) {}
}
