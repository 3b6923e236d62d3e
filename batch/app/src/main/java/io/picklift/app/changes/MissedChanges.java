package io.picklift.app.changes;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a way of finding changes does not find, in one line. */
final class MissedChanges {
  private MissedChanges() {}

  static String ofTriggers(Connection connection) throws SQLException {
    String line = "changes: triggers: TRUNCATE is not noticed";
    return areCascadesSeen(connection)
        ? line
        : line + ", nor is what a foreign key to a table outside of the mapping changes by CASCADE";
  }

  static String ofColumn(String column) {
    return "changes: updated_at: what left "
        + column
        + " as it was is not noticed, nor are removed saves";
  }

  /** Only MySQL has the variables, and since 9.7. */
  private static boolean areCascadesSeen(Connection connection) throws SQLException {
    String sql =
        """
        SHOW GLOBAL VARIABLES WHERE variable_name = 'enable_cascade_triggers' AND value = 'ON'
          OR variable_name = 'innodb_native_foreign_keys' AND value = 'OFF'
        """;
    int found = 0;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        found++;
      }
    }
    return found == 2;
  }
}
