package io.picklift.jython;

import org.jspecify.annotations.Nullable;

/**
 * A column that an adapter computes.
 *
 * @param number which of all adapters' columns it is
 * @param table the table it stands in; null where {@code called} says which tables
 * @param called the name whose calls' tables it stands in (every table whose rows are such calls);
 *     null where {@code table} says
 * @param name the column's name
 * @param type its SQL type, as a mapping writes it
 * @param file where the adapter stands, for messages
 * @param line likewise
 * @param indexed whether the column is to be indexed
 * @param refuses whether a save is refused where the column cannot be computed; else the cell is
 *     NULL
 * @param reads the name whose calls it reads; null where it is no reader's
 * @param path what of the table's rows it is of, for messages; null where it is of the whole row
 * @param converts whether the column's values can be converted back: {@link Adapters#back}
 */
public record AdapterColumn(
    int number,
    @Nullable String table,
    @Nullable String called,
    String name,
    String type,
    String file,
    int line,
    boolean indexed,
    boolean refuses,
    @Nullable String reads,
    @Nullable String path,
    boolean converts) {
  /**
   * Whether the column stands in {@code table}, whose rows are objects of or calls to {@code
   * names}.
   */
  public boolean isOf(String table, Iterable<String> names) {
    if (this.table != null) {
      return this.table.equals(table);
    }
    for (String one : names) {
      if (one.equals(called)) {
        return true;
      }
    }
    return false;
  }

  /** Where it comes from, for messages. */
  public String where() {
    return file + ":" + line;
  }
}
