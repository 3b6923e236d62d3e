package io.picklift.app.changes;

import io.picklift.schema.mapping.Mapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The entries of the table {@code picklift_change}. Never commits. */
final class ChangeEntries {
  private static final int AT_A_TIME = 1_000;

  private ChangeEntries() {}

  /** Those of a save, in the order in which they were given their ids. */
  static List<Long> of(Connection connection, long saveId) throws SQLException {
    return of(connection, List.of(saveId)).getOrDefault(saveId, List.of());
  }

  /** The same of several saves, by save id. */
  static Map<Long, List<Long>> of(Connection connection, Collection<Long> saveIds)
      throws SQLException {
    String sql =
        "SELECT save_id, change_id FROM picklift_change WHERE save_id IN (%s) ORDER BY change_id"
            .formatted(saveIds.stream().map(String::valueOf).collect(Collectors.joining(",")));
    Map<Long, List<Long>> entries = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        entries.computeIfAbsent(row.getLong(1), id -> new ArrayList<>()).add(row.getLong(2));
      }
    }
    return entries;
  }

  static void add(Connection connection, long saveId) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("INSERT INTO picklift_change (save_id) VALUES (" + saveId + ")");
    }
  }

  /**
   * Deletes them one by one: of a list of ids MySQL may make a scan of the whole table, which waits
   * for entries of transactions that are open still.
   */
  static void delete(Connection connection, List<Long> ids) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM picklift_change WHERE change_id = ?")) {
      for (int from = 0; from < ids.size(); from += AT_A_TIME) {
        for (long id : ids.subList(from, Math.min(ids.size(), from + AT_A_TIME))) {
          delete.setLong(1, id);
          delete.addBatch();
        }
        delete.executeBatch();
      }
    }
  }

  /**
   * Some of those that nobody waits for: of saves that their source owns, which Picklift writes
   * itself, and of deleted ones of this source that are not back.
   */
  static List<Long> idle(Connection connection, String source, Mapping mapping)
      throws SQLException {
    String sql =
        """
        SELECT c.change_id FROM picklift_change c JOIN picklift_save s ON s.save_id = c.save_id
        WHERE s.owner = 'source'
          AND (s.status <> 'deleted' OR (s.source_table = ?%s)) LIMIT %d
        """
            .formatted(NoRow.and(mapping, "s.save_id"), AT_A_TIME);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        return ids(row);
      }
    }
  }

  /** Some of a source. */
  static List<Long> some(Connection connection, String source) throws SQLException {
    String sql =
        """
        SELECT c.change_id FROM picklift_change c JOIN picklift_save s ON s.save_id = c.save_id
        WHERE s.source_table = ? LIMIT\
        """;
    try (PreparedStatement select = connection.prepareStatement(sql + " " + AT_A_TIME)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        return ids(row);
      }
    }
  }

  private static List<Long> ids(ResultSet row) throws SQLException {
    List<Long> ids = new ArrayList<>();
    while (row.next()) {
      ids.add(row.getLong(1));
    }
    return ids;
  }
}
