package io.picklift.schema.tables.rows;

import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import org.jspecify.annotations.Nullable;

/** What is said of a reference to a row that is not there. */
public final class NoSuchRow {
  private NoSuchRow() {}

  /**
   * What is wrong, with the statement that takes the reference away.
   *
   * @param ordinal of the row that has the cell
   * @param target the table that it refers to; null where the mapping has none
   * @param referred the ordinal in the cell
   */
  public static String message(
      long saveId,
      TableMapping table,
      int ordinal,
      StoredColumn column,
      @Nullable TableMapping target,
      long referred) {
    return "refers to row "
        + referred
        + (target == null ? "" : " of table " + target.name())
        + ", which is not there: UPDATE "
        + table.name()
        + " SET "
        + column.name()
        + " = NULL WHERE save_id = "
        + saveId
        + " AND ordinal = "
        + ordinal;
  }
}
