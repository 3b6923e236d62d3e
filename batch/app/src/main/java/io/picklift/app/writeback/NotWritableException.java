package io.picklift.app.writeback;

import java.io.Serial;

/** Why a save cannot be written back as its rows are. */
final class NotWritableException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  NotWritableException(String message) {
    super(message);
  }

  NotWritableException(String message, Throwable cause) {
    super(message, cause);
  }
}
