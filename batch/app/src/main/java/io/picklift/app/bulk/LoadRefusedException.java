package io.picklift.app.bulk;

import java.sql.SQLException;

/**
 * Thrown where LOAD DATA did not store its rows exactly: it turns the errors of an INSERT into
 * warnings. The rows must be rolled back; an INSERT of the same rows gives the error itself.
 */
public final class LoadRefusedException extends SQLException {
  private static final long serialVersionUID = 1L;

  LoadRefusedException(String message) {
    super(message, "22000");
  }
}
