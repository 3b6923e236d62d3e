package io.picklift.app.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads a server's id and the transactions (GTIDs) that it has. */
public final class ServerIdentity {
  private static final String ID =
      """
      SHOW GLOBAL VARIABLES WHERE Variable_name IN ('server_uuid', 'server_uid')
      """;

  private ServerIdentity() {}

  /** {@code server_uuid} of MySQL, {@code server_uid} of MariaDB; empty where there is none. */
  public static String id(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ID)) {
      return row.next() ? row.getString(2) : "";
    }
  }

  /** MySQL's transactions; empty where it numbers none, and on MariaDB. */
  static String gtids(Connection connection) throws SQLException {
    if (!isMySql(connection)) {
      return "";
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@GLOBAL.gtid_executed")) {
      return row.next() ? row.getString(1).replace("\n", "") : "";
    }
  }

  /** Whether the server has all of these transactions. */
  static boolean has(Connection connection, String gtids) throws SQLException {
    if (gtids.isEmpty() || !isMySql(connection)) {
      return false;
    }
    String sql = "SELECT GTID_SUBSET(?, @@GLOBAL.gtid_executed)";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, gtids);
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static boolean isMySql(Connection connection) throws SQLException {
    return !connection.getMetaData().getDatabaseProductVersion().contains("MariaDB");
  }
}
