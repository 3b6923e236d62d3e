package io.picklift.app.finish;

import io.picklift.app.changes.ChangeTriggers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What others have made that would not outlive Picklift's tables, a line each. Reads alone. */
final class Dependents {
  private static final String KEYS =
      """
      SELECT DISTINCT table_schema, table_name, constraint_name, referenced_table_name,
        table_schema = DATABASE(),
        LOWER(referenced_table_name) = 'picklift_save' AND referenced_column_name = 'save_id'
      FROM information_schema.key_column_usage
      WHERE referenced_table_schema = DATABASE()
      ORDER BY 1, 2, 3
      """;

  /** The servers name tables in it with their schema. */
  private static final String VIEWS =
      """
      SELECT table_schema, table_name, view_definition, table_schema = DATABASE(), DATABASE()
      FROM information_schema.views ORDER BY 1, 2
      """;

  private static final String TRIGGERS =
      """
      SELECT trigger_name, event_object_table, action_statement
      FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY 1
      """;

  /** As evolve names tables that it makes, and that are gone when it has ended. */
  private static final Pattern BESIDE = Pattern.compile("(?i)picklift_(new|old)_[0-9]+");

  private static final Pattern NAMES =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_$])("
              + OwnTables.all().stream()
                  .map(name -> Pattern.quote(name.toLowerCase(Locale.ROOT)))
                  .collect(Collectors.joining("|"))
              + ")(?![\\p{L}\\p{N}_$])");

  private final List<String> lines = new ArrayList<>();

  private Dependents() {}

  /** All of them; empty where there is none. */
  static List<String> of(Connection connection) throws SQLException {
    Dependents found = new Dependents();
    try (Statement statement = connection.createStatement()) {
      found.keys(statement);
      found.views(statement);
      found.triggers(statement);
    }
    return found.lines;
  }

  /** Those to the ledger's {@code save_id} in the same schema lead elsewhere afterwards. */
  private void keys(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(KEYS)) {
      while (row.next()) {
        boolean isHere = row.getBoolean(5);
        boolean isMoved = isHere && row.getBoolean(6);
        boolean isOwn = isHere && OwnTables.isOwn(row.getString(2));
        if (OwnTables.isOwn(row.getString(4)) && !isMoved && !isOwn) {
          lines.add(
              "the foreign key %s of %s.%s leads to %s: drop it"
                  .formatted(
                      row.getString(3), row.getString(1), row.getString(2), row.getString(4)));
        }
      }
    }
  }

  private void views(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(VIEWS)) {
      while (row.next()) {
        String text = row.getString(3);
        boolean isHere = row.getBoolean(4);
        String name = isHere ? row.getString(2) : row.getString(1) + "." + row.getString(2);
        if (isHere && (text == null || text.isBlank())) {
          lines.add(
              "the view "
                  + name
                  + " may read a table of Picklift's, and the account may not see its text: grant"
                  + " it SHOW VIEW on the schema");
        } else if (isHere ? names(text) : names(text, row.getString(5))) {
          lines.add("the view " + name + " reads a table of Picklift's: drop or change it");
        }
      }
    }
  }

  private void triggers(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(TRIGGERS)) {
      while (row.next()) {
        if (ChangeTriggers.isOwn(row.getString(1), row.getString(3))) {
          continue;
        }
        if (OwnTables.isOwn(row.getString(2)) || names(row.getString(3))) {
          lines.add(
              "the trigger "
                  + row.getString(1)
                  + " of "
                  + row.getString(2)
                  + " names a table of Picklift's: drop or change it");
        }
      }
    }
  }

  private static boolean names(@Nullable String text) {
    return text != null && NAMES.matcher(text.toLowerCase(Locale.ROOT)).find();
  }

  private static boolean names(@Nullable String text, String schema) {
    return text != null && names(text) && text.contains("`" + schema + "`.");
  }

  /**
   * Tables that evolve may have made, and that it does not know any more.
   *
   * @param tables of the schema
   */
  static List<String> beside(List<String> tables) {
    return tables.stream()
        .filter(name -> BESIDE.matcher(name).matches())
        .map(
            name ->
                name
                    + ": has a name that evolve uses for its own tables, but no evolve is running:"
                    + " drop it, or give it another name")
        .toList();
  }
}
