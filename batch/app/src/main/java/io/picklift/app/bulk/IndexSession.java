package io.picklift.app.bulk;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Builds indexes with settings of the session's own. MySQL sorts an index's entries in 1 MB by
 * default, through files, and with several threads, which together take half as much CPU again as
 * one thread with more memory. Whoever has several tables builds their indexes side by side.
 * MariaDB has no such settings for a session.
 */
public final class IndexSession {
  private static final Map<String, Long> SETTINGS =
      new TreeMap<>(
          Map.of(
              "innodb_ddl_buffer_size",
              64L << 20,
              "innodb_ddl_threads",
              1L,
              "innodb_parallel_read_threads",
              1L));

  private IndexSession() {}

  /** Executes an {@code ALTER TABLE} that adds indexes. */
  public static void build(Connection connection, String sql) throws SQLException {
    List<String> known = known(connection);
    for (String name : known) {
      set(connection, name, String.valueOf(Objects.requireNonNull(SETTINGS.get(name))));
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    // A connection whose statement failed keeps them: they do no harm to another one.
    for (String name : known) {
      set(connection, name, "DEFAULT");
    }
  }

  private static List<String> known(Connection connection) throws SQLException {
    List<String> known = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SHOW VARIABLES WHERE variable_name IN (
                  'innodb_ddl_buffer_size', 'innodb_ddl_threads', 'innodb_parallel_read_threads')
                """)) {
      while (row.next()) {
        known.add(row.getString(1));
      }
    }
    return known;
  }

  private static void set(Connection connection, String name, String value) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION " + name + " = " + value);
    }
  }
}
