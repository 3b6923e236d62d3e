package io.picklift.app.target;

import io.picklift.app.decode.Refusal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** The table {@code picklift_quarantine}: saves that were refused, and why. Never commits. */
public final class Quarantine {
  private Quarantine() {}

  static void insert(
      Connection connection, long saveId, Refusal refusal, PreparedSave.@Nullable Blob blob)
      throws SQLException {
    String sql =
        "INSERT INTO picklift_quarantine (save_id, reason, code, message, byte_offset, opcode, path, names,"
            + " blob_sha256, blob_bytes, quarantined_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, saveId);
      insert.setString(2, refusal.reason());
      insert.setString(3, refusal.code());
      insert.setString(4, cut(refusal.message(), 1000));
      if (refusal.offset() < 0) {
        insert.setNull(5, Types.BIGINT);
      } else {
        insert.setLong(5, refusal.offset());
      }
      insert.setString(6, emptyToNull(refusal.opcode()));
      insert.setString(7, emptyToNull(cut(refusal.path(), 1000)));
      insert.setString(8, emptyToNull(cut(String.join("\n", refusal.names()), 16_000)));
      insert.setBytes(9, blob == null ? null : blob.sha256());
      if (blob == null) {
        insert.setNull(10, Types.BIGINT);
      } else {
        insert.setLong(10, blob.bytes());
      }
      insert.executeUpdate();
    }
  }

  /** Why a save is quarantined. */
  public static String reason(Connection connection, long saveId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT reason FROM picklift_quarantine WHERE save_id = ?")) {
      select.setLong(1, saveId);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getString(1) : "unknown";
      }
    }
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 3) + "...";
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
