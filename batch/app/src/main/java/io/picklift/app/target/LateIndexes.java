package io.picklift.app.target;

import io.picklift.app.bulk.IndexSession;
import io.picklift.schema.mapping.IndexMapping;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.Ddl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * Indexes that are made after their tables were filled, which is faster than keeping them up to
 * date row by row. The table {@code picklift_late_index} has those that are still missing: entered
 * before a table is made without them, and deleted once they are there, so that whichever run comes
 * to its end makes them.
 */
public final class LateIndexes {
  private LateIndexes() {}

  /** Notes what is about to be left out of a table that is about to be made. */
  static void enter(Connection connection, Mapping mapping, TableMapping table)
      throws SQLException {
    String sql = "INSERT IGNORE INTO picklift_late_index (table_name, index_name) VALUES (?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (IndexMapping index : Ddl.lateIndexes(mapping, table)) {
        insert.setString(1, table.name());
        insert.setString(2, index.name());
        insert.executeUpdate();
      }
    }
  }

  /** The tables of a mapping that lack indexes. */
  public static List<String> pending(DataSource target, Mapping mapping) throws SQLException {
    Set<String> names = new TreeSet<>();
    try (Connection connection = target.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT DISTINCT table_name FROM picklift_late_index")) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    return mapping.tables().stream().map(TableMapping::name).filter(names::contains).toList();
  }

  /**
   * Makes the missing indexes of one table; may be done again after it was interrupted.
   *
   * @param threads of the server that sort them, where it takes several
   */
  public static boolean make(Connection connection, Mapping mapping, String tableName, int threads)
      throws SQLException {
    TableMapping table = mapping.table(tableName);
    if (table == null) {
      return false;
    }
    Set<String> late = names(connection, LATE, tableName);
    Set<String> there = names(connection, THERE, tableName);
    List<IndexMapping> missing =
        Ddl.lateIndexes(mapping, table).stream()
            .filter(index -> index.isOneOf(late) && !index.isOneOf(there))
            .toList();
    if (!missing.isEmpty()) {
      IndexSession.build(connection, Ddl.addIndexes(table, missing), threads);
    }
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM picklift_late_index WHERE table_name = ?")) {
      delete.setString(1, tableName);
      delete.executeUpdate();
    }
    return true;
  }

  private static final String LATE =
      "SELECT index_name FROM picklift_late_index WHERE table_name = ?";

  private static final String THERE =
      """
      SELECT DISTINCT index_name FROM information_schema.statistics
      WHERE table_schema = DATABASE() AND table_name = ?
      """;

  private static Set<String> names(Connection connection, String sql, String table)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, table);
      Set<String> names = new TreeSet<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          names.add(row.getString(1));
        }
      }
      return names;
    }
  }
}
