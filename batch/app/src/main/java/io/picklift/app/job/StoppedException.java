package io.picklift.app.job;

/** Thrown where the process was told to stop: the batch at hand is done, and no other is begun. */
final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("stopped", null, false, false);
  }
}
