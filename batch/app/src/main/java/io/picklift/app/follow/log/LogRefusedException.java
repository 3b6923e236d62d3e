package io.picklift.app.follow.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The server does not send its log, or not from there. */
public final class LogRefusedException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int DENIED = 1227;

  /** The source has an error while it reads its own log: most often the file is not there. */
  private static final int FATAL_READING = 1236;

  private final int code;

  LogRefusedException(int code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Whether the account lacks the right. */
  public boolean isDenied() {
    return code == DENIED;
  }

  /** Whether the server does not have that place in its log. */
  public boolean isPlaceGone() {
    return code == FATAL_READING;
  }
}
