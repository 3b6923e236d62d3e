package io.picklift.app.database;

import java.sql.SQLException;

/** Carries an SQL error through interfaces that have no place for it. */
public final class UncheckedSqlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UncheckedSqlException(SQLException cause) {
    super(cause);
  }
}
