package io.picklift.app.finish;

import io.picklift.app.database.TableNames;
import io.picklift.app.target.TargetSchema;
import io.picklift.schema.tables.rows.SqlNames;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Picklift's own tables in the target: those that its migrations make, but for {@code
 * save_sequence}, from which the application goes on to take ids. A table of another name is
 * somebody else's, however it begins.
 */
final class OwnTables {
  private static final String SEQUENCE = "save_sequence";
  private static final Set<String> NAMES = names();

  private OwnTables() {}

  private static Set<String> names() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(TargetSchema.tables());
    names.remove(SEQUENCE);
    return names;
  }

  static boolean isOwn(String table) {
    return NAMES.contains(table);
  }

  /** Their names, whether they are there or not. */
  static Set<String> all() {
    return NAMES;
  }

  /** Drops them, those last that others refer to, and the finish table last. */
  static void drop(Connection connection, Runnable before) throws SQLException {
    try (Statement statement = connection.createStatement()) {
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
