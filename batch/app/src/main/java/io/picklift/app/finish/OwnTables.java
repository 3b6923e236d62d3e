package io.picklift.app.finish;

import io.picklift.app.database.TableNames;
import io.picklift.schema.tables.rows.SqlNames;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Picklift's own tables in the target, and its triggers: all whose names begin like its own. */
final class OwnTables {
  private static final String PREFIX = "picklift_";

  private OwnTables() {}

  static boolean isOwn(String table) {
    return table.toLowerCase(Locale.ROOT).startsWith(PREFIX);
  }

  /** What others have made that would not outlive them; empty where there is none. */
  static List<String> dependents(Connection connection) throws SQLException {
    List<String> dependents = new ArrayList<>();
    String keys =
        """
        SELECT DISTINCT table_schema, table_name, constraint_name, referenced_table_name
        FROM information_schema.key_column_usage
        WHERE referenced_table_schema = DATABASE()
          AND LOWER(referenced_table_name) LIKE 'picklift\\_%'
          AND NOT (table_schema = DATABASE() AND (LOWER(table_name) LIKE 'picklift\\_%'
            OR referenced_table_name = 'picklift_save' AND referenced_column_name = 'save_id'))
        """;
    String views =
        """
        SELECT table_name FROM information_schema.views
        WHERE table_schema = DATABASE() AND LOWER(view_definition) LIKE '%picklift\\_%'
        """;
    String triggers =
        """
        SELECT trigger_name, event_object_table FROM information_schema.triggers
        WHERE trigger_schema = DATABASE() AND LOWER(trigger_name) NOT LIKE 'picklift\\_%'
          AND LOWER(action_statement) LIKE '%picklift\\_%'
        """;
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery(keys)) {
        while (row.next()) {
          dependents.add(
              "the foreign key "
                  + row.getString(3)
                  + " of "
                  + row.getString(1)
                  + "."
                  + row.getString(2)
                  + " leads to "
                  + row.getString(4)
                  + ": drop it");
        }
      }
      try (ResultSet row = statement.executeQuery(views)) {
        while (row.next()) {
          dependents.add(
              "the view " + row.getString(1) + " reads a table of Picklift's: drop or change it");
        }
      }
      try (ResultSet row = statement.executeQuery(triggers)) {
        while (row.next()) {
          dependents.add(
              "the trigger "
                  + row.getString(1)
                  + " of "
                  + row.getString(2)
                  + " names a table of Picklift's: drop or change it");
        }
      }
    }
    return dependents;
  }

  /** Drops triggers, then tables, those last that others refer to, and the finish table last. */
  static void drop(Connection connection, Runnable before) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String trigger : triggers(statement)) {
        before.run();
        statement.execute("DROP TRIGGER IF EXISTS " + SqlNames.quote(trigger));
      }
      for (List<String> tables = droppable(connection);
          !tables.isEmpty();
          tables = droppable(connection)) {
        for (String table : tables) {
          before.run();
          statement.execute("DROP TABLE IF EXISTS " + SqlNames.quote(table));
        }
      }
      // The note stays as long as any other is there: the next run goes on by it.
      List<String> left =
          left(connection).stream().filter(table -> !table.equals(FinishTable.NAME)).toList();
      if (!left.isEmpty()) {
        throw new ConfigurationException(
            String.join(", ", left)
                + ": foreign keys that were made meanwhile lead there; drop them, and run finish"
                + " again");
      }
      before.run();
      statement.execute("DROP TABLE IF EXISTS " + FinishTable.NAME);
    }
  }

  private static List<String> triggers(Statement statement) throws SQLException {
    List<String> triggers = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(
            "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema ="
                + " DATABASE() AND LOWER(trigger_name) LIKE 'picklift\\_%'")) {
      while (row.next()) {
        triggers.add(row.getString(1));
      }
    }
    return triggers;
  }

  /** Those that no other table refers to. */
  private static List<String> droppable(Connection connection) throws SQLException {
    Set<String> referred = new HashSet<>();
    String sql =
        """
        SELECT DISTINCT LOWER(referenced_table_name) FROM information_schema.key_column_usage
        WHERE table_schema = DATABASE() AND referenced_table_schema = DATABASE()
          AND referenced_table_name <> table_name
        """;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        referred.add(row.getString(1));
      }
    }
    return left(connection).stream()
        .filter(table -> !referred.contains(table.toLowerCase(Locale.ROOT)))
        .filter(table -> !table.equals(FinishTable.NAME))
        .toList();
  }

  /** All that are there. */
  static List<String> left(Connection connection) throws SQLException {
    return TableNames.of(connection).stream().filter(OwnTables::isOwn).toList();
  }
}
