package io.picklift.schema.tables.split;

/** How many values of one save went where. */
public final class SplitCounts {
  private final int scalars;
  private final int inColumns;
  private final int[][] found;
  private final int[][] unfit;

  SplitCounts(int scalars, int inColumns, int[][] found, int[][] unfit) {
    this.scalars = scalars;
    this.inColumns = inColumns;
    this.found = found;
    this.unfit = unfit;
  }

  /**
   * Numbers, texts, bytes and booleans of the save; without names of attributes and classes, and
   * each as often as the pickle holds it.
   */
  public int scalars() {
    return scalars;
  }

  /**
   * Those of them that a row holds exactly. The residue holds some of them as well: an interned
   * text may stand in a place that no row shows.
   */
  public int inColumns() {
    return inColumns;
  }

  /**
   * How often a column's path found something. Numbers as in the mapping's tables and their stored
   * columns.
   */
  public int found(int table, int column) {
    return found[table][column];
  }

  /** How many values the column could not hold exactly, which the residue holds instead. */
  public int unfit(int table, int column) {
    return unfit[table][column];
  }

  /** All that the columns could not hold exactly. */
  public int unfit() {
    int sum = 0;
    for (int[] table : unfit) {
      for (int count : table) {
        sum += count;
      }
    }
    return sum;
  }
}
