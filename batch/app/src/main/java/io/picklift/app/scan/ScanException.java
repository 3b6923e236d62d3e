package io.picklift.app.scan;

/** A scan could not go on; the message is for people. */
public final class ScanException extends Exception {
  private static final long serialVersionUID = 1L;

  ScanException(String message, Throwable cause) {
    super(message, cause);
  }
}
