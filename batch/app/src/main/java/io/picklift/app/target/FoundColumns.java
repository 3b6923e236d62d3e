package io.picklift.app.target;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The table {@code picklift_column_found}: columns whose path some save has. One that no save has
 * is a mistake in the mapping. Safe for several threads; never commits.
 */
public final class FoundColumns {
  private final String source;

  /** What is committed already: each column is entered about once a process. */
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  public FoundColumns(String source) {
    this.source = source;
  }

  /**
   * Enters columns, in their order, so that two transactions do not wait for each other crosswise.
   */
  public void enter(Connection connection, Collection<String> columns) throws SQLException {
    Set<String> fresh = new TreeSet<>(columns);
    fresh.removeAll(known);
    if (fresh.isEmpty()) {
      return;
    }
    String sql =
        "INSERT IGNORE INTO picklift_column_found (source_table, column_name) VALUES (?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (String column : fresh) {
        insert.setString(1, source);
        insert.setString(2, column);
        insert.executeUpdate();
      }
    }
  }

  /** These are committed. */
  public void committed(Collection<String> columns) {
    known.addAll(columns);
  }

  /** What was committed may be lost. */
  public void forget() {
    known.clear();
  }

  /** All that any save ever had. */
  public Set<String> all(Connection connection) throws SQLException {
    String sql = "SELECT column_name FROM picklift_column_found WHERE source_table = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      Set<String> all = new HashSet<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          all.add(row.getString(1));
        }
      }
      return all;
    }
  }
}
