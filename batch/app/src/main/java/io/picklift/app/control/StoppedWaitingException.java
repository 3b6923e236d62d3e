package io.picklift.app.control;

/** Thrown where the process was told to stop while another one does its command. */
public final class StoppedWaitingException extends Exception {
  private static final long serialVersionUID = 1L;

  StoppedWaitingException(String message) {
    super(message);
  }
}
