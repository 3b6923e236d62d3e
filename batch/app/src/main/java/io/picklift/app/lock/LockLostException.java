package io.picklift.app.lock;

import java.sql.SQLNonTransientException;

/** Thrown where another process may write into the target, and this one may not any more. */
public final class LockLostException extends SQLNonTransientException {
  /** A run began after the one that is told. */
  static final String LATER_RUN = "a later run took the target over; this run has stopped writing";

  private static final long serialVersionUID = 1L;

  LockLostException() {
    this("the connection was lost, and another picklift has taken the target since");
  }

  public LockLostException(String message) {
    super(message);
  }
}
