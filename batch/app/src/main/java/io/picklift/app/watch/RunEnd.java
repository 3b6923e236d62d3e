package io.picklift.app.watch;

import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param status the exit status that a command of this run alone has
 * @param reason why it could not finish, in one line; null where it did
 * @param isStopped whether somebody told it to end
 */
public record RunEnd(int status, @Nullable String reason, boolean isStopped) {
  /** Whether it did all of what it was to do. */
  public boolean isFinished() {
    return reason == null;
  }
}
