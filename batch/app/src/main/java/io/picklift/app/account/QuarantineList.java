package io.picklift.app.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists the quarantined saves for people, and takes saves out of the quarantine so that the next
 * run tries them again. Never commits.
 */
public final class QuarantineList {
  private static final String FROM =
      """
      FROM picklift_quarantine q JOIN picklift_save s ON s.save_id = q.save_id
      WHERE s.source_table = ? AND (? IS NULL OR q.reason = ?) AND (? IS NULL OR s.source_key = ?)
      """;

  private final Connection connection;
  private final String source;

  public QuarantineList(Connection connection, String source) {
    this.connection = connection;
    this.source = source;
  }

  /**
   * Which entries.
   *
   * @param reason null for all reasons
   * @param key null for all keys
   */
  public record Choice(@Nullable String reason, @Nullable String key) {}

  /**
   * An entry.
   *
   * @param offset in the pickle; null where that makes no sense
   * @param sha256 of the BLOB, in lower-case hex; null for a NULL
   */
  public record Entry(
      String key,
      String reason,
      String code,
      String message,
      @Nullable Long offset,
      @Nullable String opcode,
      @Nullable String path,
      @Nullable String names,
      @Nullable String sha256,
      @Nullable Long bytes,
      String since) {}

  /** The entries, by reason and key. */
  public List<Entry> find(Choice choice) throws SQLException {
    String sql =
        """
        SELECT s.source_key, q.reason, q.code, q.message, q.byte_offset, q.opcode, q.path, q.names,
          LOWER(HEX(q.blob_sha256)), q.blob_bytes, CAST(q.quarantined_at AS CHAR(19))
        %s ORDER BY q.reason, s.source_key
        """
            .formatted(FROM);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bind(select, choice);
      List<Entry> entries = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          entries.add(
              new Entry(
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  row.getString(4),
                  row.getObject(5) == null ? null : row.getLong(5),
                  row.getString(6),
                  row.getString(7),
                  row.getString(8),
                  row.getString(9),
                  row.getObject(10) == null ? null : row.getLong(10),
                  row.getString(11)));
        }
      }
      return entries;
    }
  }

  /**
   * Takes entries out. A ledger row that says {@code quarantined} and has no entry is not whole,
   * and the next run does it again, also where this process dies first.
   */
  public int takeOut(Choice choice) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement("DELETE q " + FROM)) {
      bind(delete, choice);
      return delete.executeUpdate();
    }
  }

  private void bind(PreparedStatement statement, Choice choice) throws SQLException {
    statement.setString(1, source);
    statement.setString(2, choice.reason());
    statement.setString(3, choice.reason());
    statement.setString(4, choice.key());
    statement.setString(5, choice.key());
  }
}
