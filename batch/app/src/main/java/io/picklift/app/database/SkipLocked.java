package io.picklift.app.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;

/** {@code SKIP LOCKED}, which MySQL has since 8.0.1 and MariaDB since 10.6. */
public final class SkipLocked {
  private SkipLocked() {}

  /** Whether the server knows it. */
  public static boolean isKnown(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT 1 FOR UPDATE SKIP LOCKED")) {
      return row.next();
    } catch (SQLSyntaxErrorException e) {
      return false;
    }
  }
}
