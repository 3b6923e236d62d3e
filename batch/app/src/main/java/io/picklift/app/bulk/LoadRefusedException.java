package io.picklift.app.bulk;

import java.sql.SQLException;

/**
 * Thrown where LOAD DATA did not store its rows exactly: it turns the errors of an INSERT into
 * warnings. The rows must be rolled back; an INSERT of the same rows gives the error itself. Thrown
 * as well where the server takes no LOAD DATA LOCAL any more: one that was started anew has the
 * setting of its files again.
 */
public final class LoadRefusedException extends SQLException {
  private static final long serialVersionUID = 1L;
  private static final String STATE = "22000";

  LoadRefusedException(String message) {
    super(message, STATE);
  }

  LoadRefusedException(SQLException disabled) {
    super(disabled.getMessage(), STATE, disabled);
  }
}
