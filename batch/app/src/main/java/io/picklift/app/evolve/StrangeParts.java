package io.picklift.app.evolve;

import io.picklift.app.changes.ChangeTriggers;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/**
 * What others have made of mapped tables and would lose with them: triggers, and foreign keys of
 * tables that no mapping has.
 */
final class StrangeParts {
  private static final String TRIGGERS =
      """
      SELECT event_object_table, trigger_name, action_statement FROM information_schema.triggers
      WHERE event_object_schema = DATABASE() AND event_object_table IN (%s)
      """;

  private static final String KEYS =
      """
      SELECT referenced_table_name, CONCAT(table_name, '.', constraint_name), ''
      FROM information_schema.key_column_usage
      WHERE referenced_table_schema = DATABASE() AND referenced_table_name IN (%1$s)
        AND NOT (table_schema = DATABASE() AND table_name IN (%1$s)) LIMIT 1
      """;

  private static final String REMEDY = "drop it, and create it again afterwards";

  private StrangeParts() {}

  /**
   * Checks tables that are about to be written anew or dropped.
   *
   * @throws ConfigurationException if there is such a thing
   */
  static void check(Connection connection, List<String> tables) throws SQLException {
    if (tables.isEmpty()) {
      return;
    }
    check(connection, TRIGGERS, tables, 1, "the trigger");
    check(connection, KEYS, tables, 2, "the foreign key");
  }

  private static void check(
      Connection connection, String sql, List<String> tables, int times, String what)
      throws SQLException {
    String places = String.join(", ", Collections.nCopies(tables.size(), "?"));
    try (PreparedStatement select = connection.prepareStatement(sql.formatted(places))) {
      int at = 1;
      for (int i = 0; i < times; i++) {
        for (String table : tables) {
          select.setString(at++, table);
        }
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          if (ChangeTriggers.isOwn(row.getString(2), row.getString(3))) {
            continue;
          }
          throw new ConfigurationException(
              "the table "
                  + row.getString(1)
                  + " is rewritten, and "
                  + what
                  + " "
                  + row.getString(2)
                  + " depends on it: "
                  + REMEDY);
        }
      }
    }
  }
}
