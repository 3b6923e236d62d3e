package io.picklift.app.account;

import io.picklift.app.database.HashLiterals;
import io.picklift.app.source.SaveKey;
import io.picklift.app.target.LedgerEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Reads a {@link LedgerState} for each of many source rows. */
public final class LedgerStates {
  private static final String SELECT =
      """
      SELECT s.key_sha256, s.status, LOWER(HEX(s.blob_sha256)), s.watermark,
        (s.status = 'migrated' AND a.save_id IS NULL
          AND NOT (s.owner = 'tables' AND s.restored_as = 'born'))
          OR (s.status = 'quarantined' AND q.save_id IS NULL),
        s.last_written >= ?, s.first_seen >= ?, s.out_of_scope_at IS NOT NULL,
        LOWER(HEX(s.carried_sha256)), s.owner = 'tables'
      FROM picklift_save s
      LEFT JOIN picklift_archive a ON a.save_id = s.save_id
      LEFT JOIN picklift_quarantine q ON q.save_id = s.save_id
      WHERE s.source_table = ? AND s.key_sha256 IN (%s)
      """;

  private final String source;
  private final String began;

  /**
   * @param began when the run began, in the target's time
   */
  public LedgerStates(String source, String began) {
    this.source = source;
    this.began = began;
  }

  /** What the ledger says about these keys; a key that it does not know is left out. */
  public Map<SaveKey, LedgerState> find(Connection connection, Collection<SaveKey> keys)
      throws SQLException {
    Map<SaveKey, LedgerState> found = new HashMap<>();
    if (keys.isEmpty()) {
      return found;
    }
    Map<String, SaveKey> byHash = new HashMap<>();
    keys.forEach(key -> byHash.put(HexFormat.of().formatHex(key.sha256()), key));
    String hashes = HashLiterals.of(byHash.keySet());
    try (PreparedStatement select = connection.prepareStatement(SELECT.formatted(hashes))) {
      select.setString(1, began);
      select.setString(2, began);
      select.setString(3, source);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          SaveKey key = byHash.get(HexFormat.of().formatHex(row.getBytes(1)));
          if (key != null) {
            found.put(key, state(row));
          }
        }
      }
    }
    return found;
  }

  private static LedgerState state(ResultSet row) throws SQLException {
    boolean isWritten = row.getBoolean(6);
    return new LedgerState(
        LedgerEntry.Status.of(row.getString(2)),
        row.getString(3),
        row.getString(4),
        row.getString(9),
        row.getBoolean(5),
        isWritten,
        isWritten && row.getBoolean(7),
        row.getBoolean(8),
        row.getBoolean(10));
  }
}
