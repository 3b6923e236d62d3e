package io.picklift.app.database;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The tables of a connection's schema. */
public final class TableNames {
  private TableNames() {}

  /** All tables and views that the account sees. */
  public static List<String> of(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet row =
        connection
            .getMetaData()
            .getTables(connection.getCatalog(), null, "%", new String[] {"TABLE", "VIEW"})) {
      while (row.next()) {
        tables.add(row.getString("TABLE_NAME"));
      }
    }
    return tables;
  }

  /**
   * Whether there is a table, by reading nothing of it.
   *
   * @param table one of Picklift's own, which needs no quoting
   * @throws SQLException if the account may not read it, too: information_schema would hide it
   */
  public static boolean isThere(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT 1 FROM " + table + " LIMIT 0")) {
      return !none.next();
    } catch (SQLException e) {
      if (e.getErrorCode() == MysqlErrorNumbers.ER_NO_SUCH_TABLE) {
        return false;
      }
      throw e;
    }
  }

  /** Whether a table of the connection's schema has a column. */
  public static boolean hasColumn(Connection connection, String table, String column)
      throws SQLException {
    String sql =
        """
        SELECT 1 FROM information_schema.columns
        WHERE table_schema = DATABASE() AND table_name = ? AND column_name = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, table);
      select.setString(2, column);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }
}
