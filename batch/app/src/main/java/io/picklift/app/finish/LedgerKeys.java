package io.picklift.app.finish;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.rows.SqlNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Foreign keys that lead to the ledger lead to the root table's {@code save_id} afterwards, which
 * is made unique for it. Each statement may be the last one of a process: the next one finds what
 * is left to do.
 */
final class LedgerKeys {
  private static final String KEYS =
      """
      SELECT k.table_name, k.constraint_name, k.column_name, r.delete_rule, r.update_rule
      FROM information_schema.key_column_usage k
      JOIN information_schema.referential_constraints r
        ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
        AND r.table_name = k.table_name
      WHERE k.table_schema = DATABASE() AND k.referenced_table_schema = DATABASE()
        AND LOWER(k.referenced_table_name) = 'picklift_save'
        AND k.referenced_column_name = 'save_id'
      ORDER BY 1, 2
      """;

  private static final String UNIQUE =
      """
      SELECT index_name FROM information_schema.statistics
      WHERE table_schema = DATABASE() AND table_name = ?
      GROUP BY index_name
      HAVING MAX(non_unique) = 0 AND COUNT(*) = 1 AND MAX(column_name) = 'save_id'
      """;

  private final String root;

  LedgerKeys(String root) {
    this.root = root;
  }

  private record Key(
      String table, String name, String column, String deleteRule, String updateRule) {}

  /**
   * Why they cannot be moved: rows of tables that no mapping has refer to saves without a row in
   * the root table, as quarantined and deleted ones are.
   *
   * @param mapping whose tables' rows are looked at elsewhere
   */
  List<String> problems(Connection connection, Mapping mapping) throws SQLException {
    List<String> problems = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (Key key : keys(connection)) {
        if (mapping.table(key.table()) == null) {
          try (ResultSet row = statement.executeQuery(strays(key))) {
            row.next();
            if (row.getLong(1) > 0) {
              problems.add(
                  "%s: %d rows refer by %s to saves without a row in %s, as quarantined and deleted"
                          .formatted(key.table(), row.getLong(1), key.column(), root)
                      + " ones are (the first is save_id "
                      + row.getLong(2)
                      + "), and the foreign key is to lead there: delete or change them, or drop "
                      + key.name());
            }
          }
        }
      }
    }
    return problems;
  }

  private String strays(Key key) {
    return """
    SELECT COUNT(*), MIN(t.%1$s) FROM %2$s t LEFT JOIN %3$s r ON r.save_id = t.%1$s
    WHERE t.%1$s IS NOT NULL AND r.save_id IS NULL
    """
        .formatted(SqlNames.quote(key.column()), SqlNames.quote(key.table()), SqlNames.quote(root));
  }

  /** Whether an earlier run began to move them. */
  boolean isBegun(Connection connection) throws SQLException {
    return isUnique(connection);
  }

  /** Moves all of them. */
  void move(Connection connection, Runnable before) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!isUnique(connection)) {
        before.run();
        statement.execute(
            "ALTER TABLE " + SqlNames.quote(root) + " ADD UNIQUE KEY (" + saveId() + ")");
      }
      for (Key key : keys(connection)) {
        before.run();
        statement.execute(sql(key));
      }
    }
  }

  private static String saveId() {
    return SqlNames.quote("save_id");
  }

  private String sql(Key key) {
    String sql =
        "ALTER TABLE "
            + SqlNames.quote(key.table())
            + " DROP FOREIGN KEY "
            + SqlNames.quote(key.name());
    if (key.table().equals(root)) {
      return sql;
    }
    return sql
        + ", ADD FOREIGN KEY ("
        + SqlNames.quote(key.column())
        + ") REFERENCES "
        + SqlNames.quote(root)
        + " ("
        + saveId()
        + ") ON DELETE "
        + key.deleteRule()
        + " ON UPDATE "
        + key.updateRule();
  }

  private boolean isUnique(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(UNIQUE)) {
      select.setString(1, root);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private static List<Key> keys(Connection connection) throws SQLException {
    List<Key> keys = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(KEYS)) {
      while (row.next()) {
        if (!OwnTables.isOwn(row.getString(1))) {
          keys.add(
              new Key(
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  row.getString(4),
                  row.getString(5)));
        }
      }
    }
    return keys;
  }
}
