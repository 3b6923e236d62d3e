package io.picklift.app.target;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The table {@code picklift_quarantine}: saves that were refused, and why. Never commits. */
public final class Quarantine {
  private Quarantine() {}

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
}
