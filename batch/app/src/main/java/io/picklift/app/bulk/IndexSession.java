package io.picklift.app.bulk;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A connection on which indexes are built, set up for it as long as this is open. MySQL sorts an
 * index's entries in 1 MB by default, through files, and by several threads, which together take
 * half as much CPU again as one thread with more memory. Whoever has several tables builds their
 * indexes side by side. MariaDB has no such settings for a session.
 */
public final class IndexSession implements AutoCloseable {
  private static final Map<String, Long> SETTINGS =
      new TreeMap<>(
          Map.of(
              "innodb_ddl_buffer_size",
              64L << 20,
              "innodb_ddl_threads",
              1L,
              "innodb_parallel_read_threads",
              1L));

  private final Connection connection;
  private final List<String> changed;

  private IndexSession(Connection connection, List<String> changed) {
    this.connection = connection;
    this.changed = changed;
  }

  public static IndexSession open(Connection connection) throws SQLException {
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
    IndexSession session = new IndexSession(connection, known);
    for (String name : known) {
      session.set(name, String.valueOf(SETTINGS.get(name)));
    }
    return session;
  }

  private void set(String name, String value) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION " + name + " = " + value);
    }
  }

  @Override
  public void close() throws SQLException {
    for (String name : changed) {
      set(name, "DEFAULT");
    }
  }
}
