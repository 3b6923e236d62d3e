package io.picklift.app.lock;

import java.sql.SQLNonTransientException;

/** Another process took the target while the connection with the lock was lost. */
public final class LockLostException extends SQLNonTransientException {
  private static final long serialVersionUID = 1L;

  LockLostException() {
    super("the connection was lost, and another picklift works on the target since");
  }
}
