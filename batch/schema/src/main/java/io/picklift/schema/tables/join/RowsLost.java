package io.picklift.schema.tables.join;

/** A graph has fewer rows than its tables: two keys or members of a container are equal in it. */
final class RowsLost extends JoinException {
  private static final long serialVersionUID = 1L;

  RowsLost(String path, String message) {
    super(Reason.CELL, path, message);
  }
}
