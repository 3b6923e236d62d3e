package io.picklift.app.evolve;

/** A save that cannot be taken along; the message says why, and nothing of the save. */
final class NotEvolvedException extends Exception {
  private static final long serialVersionUID = 1L;

  NotEvolvedException(String message) {
    // One for each such save, and there may be many: no stack trace.
    super(message, null, false, false);
  }
}
