package io.picklift.app.target.archive;

/** What is archived of a save is not what was archived for it. */
public final class DamagedArchiveException extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedArchiveException(String message) {
    // One for each damaged save, and there may be many: no stack trace.
    super(message, null, false, false);
  }
}
