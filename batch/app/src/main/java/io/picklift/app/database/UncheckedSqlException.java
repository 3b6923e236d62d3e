package io.picklift.app.database;

import java.sql.SQLException;

/** Carries an {@link java.sql.SQLException} through interfaces that do not declare it. */
public final class UncheckedSqlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UncheckedSqlException(SQLException cause) {
    super(cause);
  }
}
