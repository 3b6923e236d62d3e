package io.picklift.app.rebuild;

import io.picklift.app.report.Finding;

/** Thrown where a save cannot be rebuilt from its rows and its archive. */
public final class RebuildException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Fault {
    /** Rows are missing, too many, or hold what cannot stand there. */
    ROWS,
    /** What is archived is not what was archived for this save. */
    ARCHIVE,
    /** Nothing is known to be wrong: it takes more memory than a save may. */
    LIMIT
  }

  private final Fault fault;
  private final String path;

  RebuildException(Fault fault, String path, String message) {
    // One for each damaged save, and there may be many: no stack trace.
    super(message, null, false, false);
    this.fault = fault;
    this.path = path;
  }

  public static RebuildException ofArchive(String message) {
    return new RebuildException(Fault.ARCHIVE, "", message);
  }

  /** What was rebuilt was read again, and is not what it should be. */
  public static RebuildException ofReadBack(String message) {
    return new RebuildException(Fault.ROWS, "", message);
  }

  /** Some rows are not in the BLOB. */
  public static RebuildException ofUnplaced(String message) {
    return new RebuildException(Fault.ROWS, "", message);
  }

  /** There is too little memory to read it again. */
  public static RebuildException ofLimit(String message) {
    return new RebuildException(Fault.LIMIT, "", message);
  }

  public Fault fault() {
    return fault;
  }

  /** What a report says of it. */
  public Finding finding() {
    String message = String.valueOf(getMessage());
    return switch (fault) {
      case ROWS -> Finding.at(Finding.Kind.NOT_RESTORABLE, path, message);
      case ARCHIVE -> Finding.at(Finding.Kind.DAMAGED, path, message);
      case LIMIT -> Finding.unproven(message);
    };
  }

  /** Where in the save; empty where that makes no sense. */
  public String path() {
    return path;
  }
}
