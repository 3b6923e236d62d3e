package io.picklift.app.changes;

import io.picklift.app.database.LockWait;
import io.picklift.app.database.ServerErrors;
import io.picklift.schema.tables.rows.SqlNames;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Triggers of mapped tables that note each save of which a row is written. Their names are
 * numbered: a table that takes another one's place has its own before it does.
 */
public final class ChangeTriggers {
  /** Of triggers that were made and are not seen. */
  public static final String UNSEEN =
      "writeback made triggers (run.changes), and the account sees none: GRANT TRIGGER on the target's"
          + " schema; if they were dropped by hand: DELETE FROM picklift_change_state";

  /** So long others' statements on a table wait behind a trigger that waits for their end. */
  private static final int PATIENCE_SECONDS = 5;

  private static final String TRIED = "picklift_change_0_insert";

  private static final Pattern NAME =
      Pattern.compile("picklift_change_([0-9]{1,9})_(?:insert|update|delete)");

  private ChangeTriggers() {}

  private enum Event {
    INSERT("INSERT INTO picklift_change (save_id) VALUES (NEW.save_id)"),
    UPDATE(
        """
        BEGIN
          INSERT INTO picklift_change (save_id) VALUES (NEW.save_id);
          IF OLD.save_id <> NEW.save_id THEN
            INSERT INTO picklift_change (save_id) VALUES (OLD.save_id);
          END IF;
        END\
        """),
    DELETE("INSERT INTO picklift_change (save_id) VALUES (OLD.save_id)");

    private final String work;

    Event(String work) {
      this.work = work;
    }
  }

  private record Own(String name, int number, String table, Event event) {}

  /**
   * Whether a trigger is one of these.
   *
   * @param statement what it does; null where the account may not see that
   */
  public static boolean isOwn(String name, @Nullable String statement) {
    return statement != null
        && statement.contains("picklift_change")
        && NAME.matcher(name).matches();
  }

  private static List<Own> find(Connection connection) throws SQLException {
    String sql =
        """
        SELECT trigger_name, action_statement, event_object_table, event_manipulation
        FROM information_schema.triggers WHERE trigger_schema = DATABASE()
        """;
    List<Own> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        Matcher name = NAME.matcher(row.getString(1));
        if (isOwn(row.getString(1), row.getString(2)) && name.matches()) {
          found.add(
              new Own(
                  row.getString(1),
                  Integer.parseInt(name.group(1)),
                  row.getString(3),
                  Event.valueOf(row.getString(4).toUpperCase(Locale.ROOT))));
        }
      }
    }
    return found;
  }

  /** Whether the account sees any. */
  public static boolean areThere(Connection connection) throws SQLException {
    return !find(connection).isEmpty();
  }

  /** Whether triggers were made, and the account may not see them. */
  public static boolean areUnseen(Connection connection) throws SQLException {
    return ChangeState.hasTriggers(connection) && !areThere(connection);
  }

  /** Whether these tables lack some. */
  static boolean areMissing(Connection connection, Collection<String> tables) throws SQLException {
    List<Own> found = find(connection);
    return tables.stream().anyMatch(table -> !missing(found, table).isEmpty());
  }

  private static Set<Event> missing(List<Own> found, String table) {
    Set<Event> missing = EnumSet.allOf(Event.class);
    found.stream()
        .filter(own -> own.table().equalsIgnoreCase(table))
        .forEach(own -> missing.remove(own.event()));
    return missing;
  }

  /**
   * Makes those that tables lack. Each waits for transactions that wrote into its table to end, and
   * gives up after some seconds, as whoever comes after waits with it.
   *
   * @throws ConfigurationException if the server has a binary log, and the account not what it
   *     takes then
   * @throws SQLException if the account may not, or the table is in use for too long: the same work
   *     may be done again
   */
  public static void make(Connection connection, Collection<String> tables) throws SQLException {
    List<Own> found = find(connection);
    int number = found.stream().mapToInt(Own::number).max().orElse(0);
    for (String table : tables) {
      Set<Event> missing = missing(found, table);
      number += missing.isEmpty() ? 0 : 1;
      for (Event event : missing) {
        String kind = event.name().toLowerCase(Locale.ROOT);
        execute(
            connection,
            "CREATE TRIGGER picklift_change_%d_%s AFTER %s ON %s FOR EACH ROW %s"
                .formatted(number, kind, event, SqlNames.quote(table), event.work));
      }
    }
  }

  /**
   * Makes one of a table that the application does not write, and drops it: told is who may not,
   * before any work is done.
   *
   * @throws ConfigurationException if the server has a binary log, and the account not what it
   *     takes then
   * @throws SQLException if the account may not make triggers
   */
  public static void tryOut(Connection connection) throws SQLException {
    checkDrop(connection);
    execute(
        connection,
        "CREATE TRIGGER %s AFTER INSERT ON picklift_evolved FOR EACH ROW %s"
            .formatted(TRIED, Event.INSERT.work));
    checkDrop(connection);
  }

  /**
   * Drops one that is there only where {@link #tryOut} was killed: MariaDB asks for the right all
   * the same.
   *
   * @throws ConfigurationException if the server has a binary log, and the account not what it
   *     takes then
   */
  public static void checkDrop(Connection connection) throws SQLException {
    execute(connection, "DROP TRIGGER IF EXISTS " + TRIED);
  }

  /** Drops all of them. */
  public static void drop(Connection connection) throws SQLException {
    for (Own own : find(connection)) {
      execute(connection, "DROP TRIGGER IF EXISTS " + SqlNames.quote(own.name()));
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      long before = LockWait.set(connection, PATIENCE_SECONDS);
      try {
        statement.execute(sql);
      } finally {
        long unused = LockWait.set(connection, before);
      }
    } catch (SQLException e) {
      if (ServerErrors.isTriggerRefused(e)) {
        throw refused(connection);
      }
      throw e;
    }
  }

  private static ConfigurationException refused(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT CURRENT_USER()")) {
      row.next();
      String name = row.getString(1);
      int at = name.lastIndexOf('@');
      String account = "'" + name.substring(0, at) + "'@'" + name.substring(at + 1) + "'";
      return new ConfigurationException(
          ("target: %s may not SUPER on this server, which takes it to make and drop triggers while"
                  + " the binary log is on: GRANT SUPER ON *.* TO %s; or SET GLOBAL"
                  + " log_bin_trust_function_creators = ON; batch/GRANTS.md lists what each"
                  + " command needs")
              .formatted(account, account));
    }
  }
}
