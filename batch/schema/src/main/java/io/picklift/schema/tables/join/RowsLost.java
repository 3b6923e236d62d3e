package io.picklift.schema.tables.join;

/** A graph has fewer rows than its tables: two keys or members of a container are equal in it. */
final class RowsLost extends JoinException {
  private static final long serialVersionUID = 1L;

  private final int table;

  /**
   * @param table the number of the table
   */
  RowsLost(int table, String path, String message) {
    super(Reason.CELL, path, message);
    this.table = table;
  }

  /** The number of the table whose rows they are. */
  int table() {
    return table;
  }
}
