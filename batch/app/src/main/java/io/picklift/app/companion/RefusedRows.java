package io.picklift.app.companion;

import io.picklift.app.companion.CompanionSource.Row;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.source.SaveKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The table {@code picklift_companion_refused}, of one companion. Never commits. */
final class RefusedRows {
  private final String name;

  RefusedRows(String name) {
    this.name = name;
  }

  static byte[] bytes(String sha256) {
    return HexFormat.of().parseHex(sha256);
  }

  /** What the server said, without the row's values. */
  static String message(SQLException e) {
    return ServerErrors.isTooLong(e)
        ? "the row is longer than the target's max_allowed_packet lets a statement be"
        : "the target refused the row: error " + e.getErrorCode() + ", SQLSTATE " + e.getSQLState();
  }

  void enter(Connection connection, Row row, String message) throws SQLException {
    String sql =
        """
        INSERT INTO picklift_companion_refused
          (name, key_sha256, source_key, row_sha256, message, refused_at)
        VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6))
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, name);
      insert.setBytes(2, row.key().sha256());
      insert.setString(3, row.key().text());
      insert.setBytes(4, bytes(row.sha256()));
      insert.setString(5, message);
      insert.executeUpdate();
    }
  }

  void delete(Connection connection, Collection<SaveKey> keys) throws SQLException {
    String sql = "DELETE FROM picklift_companion_refused" + where(keys);
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      bind(delete, keys);
      delete.executeUpdate();
    }
  }

  /** Those of these keys that are refused, with their rows' hashes. */
  Map<SaveKey, String> find(Connection connection, Collection<SaveKey> keys) throws SQLException {
    Map<String, SaveKey> byHash = new HashMap<>();
    keys.forEach(key -> byHash.put(HexFormat.of().formatHex(key.sha256()), key));
    String sql =
        "SELECT LOWER(HEX(key_sha256)), LOWER(HEX(row_sha256)) FROM picklift_companion_refused"
            + where(keys);
    Map<SaveKey, String> found = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bind(select, keys);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          SaveKey key = byHash.get(row.getString(1));
          if (key != null) {
            found.put(key, row.getString(2));
          }
        }
      }
    }
    return found;
  }

  /** The texts of the next keys that are refused, by their hash. */
  Map<String, String> page(Connection connection, String after, int limit) throws SQLException {
    String sql =
        """
        SELECT LOWER(HEX(key_sha256)), source_key FROM picklift_companion_refused
        WHERE name = ? AND key_sha256 > ? ORDER BY key_sha256 LIMIT ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, name);
      select.setBytes(2, bytes(after));
      select.setInt(3, limit);
      Map<String, String> page = new LinkedHashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          page.put(row.getString(1), row.getString(2));
        }
      }
      return page;
    }
  }

  private static String where(Collection<SaveKey> keys) {
    return " WHERE name = ? AND key_sha256 IN ("
        + String.join(", ", Collections.nCopies(keys.size(), "?"))
        + ")";
  }

  private void bind(PreparedStatement statement, Collection<SaveKey> keys) throws SQLException {
    int parameter = 1;
    statement.setString(parameter++, name);
    for (SaveKey key : keys) {
      statement.setBytes(parameter++, key.sha256());
    }
  }
}
