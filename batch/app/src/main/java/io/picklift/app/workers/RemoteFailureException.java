package io.picklift.app.workers;

/** Thrown where workers cannot do a range; the message is one line. */
public final class RemoteFailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RemoteFailureException(String message) {
    super(message);
  }
}
