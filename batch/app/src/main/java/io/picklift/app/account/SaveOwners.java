package io.picklift.app.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Who owns the saves of a source: their row there, or the tables. Never commits. */
public final class SaveOwners {
  private static final int PAGE = 500;

  /** Who owns a save. */
  public enum Owner {
    SOURCE,
    TABLES;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String source;

  public SaveOwners(String source) {
    this.source = source;
  }

  /**
   * The next migrated saves of an owner, whose rows are in scope, by save id.
   *
   * @param after the save id before the first
   * @param condition an SQL condition over {@code picklift_save}; TRUE for all
   * @return their keys; empty at the end
   */
  public Map<Long, String> page(Connection connection, Owner owner, String condition, long after)
      throws SQLException {
    String sql =
        """
        SELECT save_id, source_key FROM picklift_save
        WHERE source_table = ? AND owner = ? AND status = 'migrated' AND out_of_scope_at IS NULL
          AND save_id > ? AND (%s) ORDER BY save_id LIMIT %d
        """
            .formatted(condition, PAGE);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      select.setString(2, owner.label());
      select.setLong(3, after);
      Map<Long, String> page = new LinkedHashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          page.put(row.getLong(1), row.getString(2));
        }
      }
      return page;
    }
  }

  /**
   * Those of these saves whose row {@code writeback} wrote while the tables owned them: other
   * columns of it may have changed with it (a time of the last change, say), and the rows do not
   * say so.
   *
   * @param saveIds some hundred at most
   * @param areAllMeant whether not only saves count that the source has from the tables
   */
  public static Set<Long> written(
      Connection connection, Collection<Long> saveIds, boolean areAllMeant) throws SQLException {
    Set<Long> written = new HashSet<>();
    if (saveIds.isEmpty()) {
      return written;
    }
    String sql =
        """
        SELECT save_id FROM picklift_save
        WHERE last_written > owned_since AND (restored_as = 'born' OR %s) AND save_id IN (%s)
        """
            .formatted(areAllMeant, ids(saveIds));
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        written.add(row.getLong(1));
      }
    }
    return written;
  }

  private static String ids(Collection<Long> saveIds) {
    return saveIds.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** Makes them an owner's; some hundred at most. */
  public static void give(Connection connection, Collection<Long> saveIds, Owner owner)
      throws SQLException {
    if (saveIds.isEmpty()) {
      return;
    }
    String sql =
        "UPDATE picklift_save SET owner = '%s', owned_since = %s WHERE save_id IN (%s)"
            .formatted(
                owner.label(), owner == Owner.TABLES ? "UTC_TIMESTAMP(6)" : "NULL", ids(saveIds));
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
