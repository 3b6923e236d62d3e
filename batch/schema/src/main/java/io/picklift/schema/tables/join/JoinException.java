package io.picklift.schema.tables.join;

/**
 * Rows and residue that do not make a save. The message is one line that names the object's path.
 */
public final class JoinException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Reason {
    /** A row that the residue asks for is not there. */
    ROW_MISSING,
    /** There are more rows than the residue asks for. */
    ROW_EXTRA,
    /** A cell was changed to what cannot stand in the save. */
    CELL,
    /** The residue is damaged, or of another mapping. */
    RESIDUE
  }

  private final Reason reason;
  private final String path;

  JoinException(Reason reason, String path, String message) {
    super(path.isEmpty() ? message : path + ": " + message);
    this.reason = reason;
    this.path = path;
  }

  public Reason reason() {
    return reason;
  }

  /** Of the object in the save, empty where it is not known. */
  public String path() {
    return path;
  }
}
