package io.picklift.app.control;

/**
 * Thrown where a command that was handed over is not waited for any more: its process was told to
 * stop, or the process that was to do it does not answer.
 */
public final class StoppedWaitingException extends Exception {
  private static final long serialVersionUID = 1L;

  StoppedWaitingException(String message) {
    super(message);
  }
}
