package io.picklift.app.bulk;

import java.sql.SQLException;

/**
 * A LOAD DATA that did not take its rows as they are: it turns the errors of an INSERT into
 * warnings. What it wrote has to be rolled back; an INSERT of the same rows says what is wrong.
 */
public final class LoadRefusedException extends SQLException {
  private static final long serialVersionUID = 1L;

  LoadRefusedException(String message) {
    super(message, "22000");
  }
}
