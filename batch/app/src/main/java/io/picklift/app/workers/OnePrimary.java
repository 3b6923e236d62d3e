package io.picklift.app.workers;

import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Refuses targets of which several servers take writes at a time: named locks and row locks are one
 * server's, so that there they keep nobody from writing elsewhere.
 */
final class OnePrimary {
  private OnePrimary() {}

  static void require(Connection connection) throws SQLException {
    if (isOn(connection, "SHOW GLOBAL VARIABLES LIKE 'wsrep_on'")) {
      throw new ConfigurationException(
          "target: this server is of a Galera cluster, whose row locks are one node's: --workers"
              + " needs a target with one primary server");
    }
    boolean isGroup =
        !isEmpty(connection, "SHOW GLOBAL VARIABLES LIKE 'group_replication_group_name'");
    if (isGroup
        && !isOn(
            connection, "SHOW GLOBAL VARIABLES LIKE 'group_replication_single_primary_mode'")) {
      throw new ConfigurationException(
          "target: this server's group replication has several primaries, and row locks are one"
              + " server's: --workers needs a target with one primary server");
    }
  }

  private static boolean isOn(Connection connection, String sql) throws SQLException {
    return value(connection, sql).equalsIgnoreCase("ON");
  }

  private static boolean isEmpty(Connection connection, String sql) throws SQLException {
    return value(connection, sql).isEmpty();
  }

  private static String value(Connection connection, String sql) throws SQLException {
    try (Statement show = connection.createStatement();
        ResultSet row = show.executeQuery(sql)) {
      return row.next() ? String.valueOf(row.getString(2)).strip() : "";
    }
  }
}
