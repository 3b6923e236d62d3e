package io.picklift.app.scan;

/** Thrown where a scan cannot go on. The message is for people. */
public final class ScanException extends Exception {
  private static final long serialVersionUID = 1L;

  ScanException(String message, Throwable cause) {
    super(message, cause);
  }
}
