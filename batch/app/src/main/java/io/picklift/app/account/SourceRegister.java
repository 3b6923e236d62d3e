package io.picklift.app.account;

import io.picklift.app.source.SourceIdentity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table {@code picklift_source}: the sources that the ledger has saves of. Never commits. */
public final class SourceRegister {
  private static final List<String> TABLES =
      List.of(
          "picklift_save",
          "picklift_column_found",
          "picklift_source",
          "picklift_run",
          "picklift_range");

  private final Connection connection;

  public SourceRegister(Connection connection) {
    this.connection = connection;
  }

  /**
   * A source as the last run met it.
   *
   * @param scope its condition; null for all rows
   * @param watermark the newest when the last complete run began
   */
  public record Entry(
      SourceIdentity identity, @Nullable String scope, @Nullable String watermark) {}

  public @Nullable Entry find(String source) throws SQLException {
    String sql =
        """
        SELECT place, server_id, COALESCE(gtids, ''), scope, watermark FROM picklift_source
        WHERE source_table = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new Entry(
                new SourceIdentity(row.getString(1), row.getString(2), row.getString(3)),
                row.getString(4),
                row.getString(5))
            : null;
      }
    }
  }

  /** Enters a source as it is now. */
  public void enter(String source, SourceIdentity now, @Nullable String scope) throws SQLException {
    String sql =
        """
        INSERT INTO picklift_source
          (source_table, place, server_id, gtids, scope, first_seen, last_seen)
        VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))
        ON DUPLICATE KEY UPDATE place = VALUES(place), server_id = VALUES(server_id),
          gtids = VALUES(gtids), scope = VALUES(scope), last_seen = VALUES(last_seen)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, source);
      insert.setString(2, now.place());
      insert.setString(3, now.server());
      insert.setString(4, now.gtids().isEmpty() ? null : now.gtids());
      insert.setString(5, scope);
      insert.executeUpdate();
    }
  }

  /** Enters the newest watermark that a run which is complete had when it began. */
  public void compared(String source, @Nullable String watermark) throws SQLException {
    String sql = "UPDATE picklift_source SET watermark = ? WHERE source_table = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, watermark);
      update.setString(2, source);
      update.executeUpdate();
    }
  }

  /** Whether the ledger has saves of a source. */
  public boolean hasSaves(String source) throws SQLException {
    String sql = "SELECT 1 FROM picklift_save WHERE source_table = ? LIMIT 1";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Some saves, whichever: the key and the BLOB's SHA-256, empty for a NULL. */
  public Map<String, String> sample(String source, int size) throws SQLException {
    String sql =
        """
        SELECT source_key, COALESCE(LOWER(HEX(blob_sha256)), '') FROM picklift_save
        WHERE source_table = ? AND status <> 'deleted' AND out_of_scope_at IS NULL
        ORDER BY key_sha256 LIMIT ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      select.setInt(2, size);
      Map<String, String> sample = new LinkedHashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          sample.put(row.getString(1), row.getString(2));
        }
      }
      return sample;
    }
  }

  /** Calls a source by another name in everything that the target keeps of it. */
  public void rename(String from, String to) throws SQLException {
    for (String table : TABLES) {
      String sql = "UPDATE %s SET source_table = ? WHERE source_table = ?".formatted(table);
      try (PreparedStatement update = connection.prepareStatement(sql)) {
        update.setString(1, to);
        update.setString(2, from);
        update.executeUpdate();
      }
    }
  }
}
