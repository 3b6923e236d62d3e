package io.picklift.app.bulk;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds indexes with settings of the session's own. MySQL sorts an index's entries in 1 MB by
 * default, through files, which takes half as much CPU again as with more memory. Two of its {@code
 * ALTER TABLE}s whose tables have foreign keys to one table wait for each other (for the metadata
 * lock of that table), so each of them takes several threads. MariaDB has no such settings for a
 * session.
 */
public final class IndexSession {
  private static final String BUFFER = "innodb_ddl_buffer_size";

  /** Each thread has its share of the buffer. */
  private static final long BUFFER_OF_ONE = 64L << 20;

  private static final List<String> THREADS =
      List.of("innodb_ddl_threads", "innodb_parallel_read_threads");

  private IndexSession() {}

  /** Whether the server builds the indexes of one table with several threads. */
  public static boolean hasThreads(Connection connection) throws SQLException {
    return known(connection).containsAll(THREADS);
  }

  /**
   * Executes an {@code ALTER TABLE} that adds indexes.
   *
   * @param threads of the server, where it takes several; each has 64 MB of its memory
   */
  public static void build(Connection connection, String sql, int threads) throws SQLException {
    List<String> known = known(connection);
    for (String name : known) {
      set(
          connection,
          name,
          String.valueOf(name.equals(BUFFER) ? threads * BUFFER_OF_ONE : threads));
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
