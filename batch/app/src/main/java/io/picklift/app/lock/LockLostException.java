package io.picklift.app.lock;

import java.sql.SQLNonTransientException;

/**
 * Thrown where another process took the target's lock while the connection that held it was lost.
 */
public final class LockLostException extends SQLNonTransientException {
  private static final long serialVersionUID = 1L;

  LockLostException() {
    super("the connection was lost, and another picklift works on the target since");
  }
}
