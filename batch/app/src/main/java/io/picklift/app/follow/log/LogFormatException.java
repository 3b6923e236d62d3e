package io.picklift.app.follow.log;

import java.io.IOException;

/** An event is not as this reader knows events: what it says is not to be believed. */
final class LogFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  LogFormatException(String message) {
    super(message);
  }
}
