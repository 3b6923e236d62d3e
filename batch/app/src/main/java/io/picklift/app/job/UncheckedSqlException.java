package io.picklift.app.job;

import java.sql.SQLException;

/** Carries an SQL error through interfaces that have no place for it. */
final class UncheckedSqlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UncheckedSqlException(SQLException cause) {
    super(cause);
  }
}
