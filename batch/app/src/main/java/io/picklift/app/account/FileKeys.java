package io.picklift.app.account;

import io.picklift.app.input.FileKey;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.target.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Renames the keys that older versions gave to files: {@code year/7.pkl} is {@code year/7} now, and
 * so is {@code ./year/7.pkl} of an archive. A key stays where the source has it today, or where the
 * ledger has the new one already. Never commits.
 */
public final class FileKeys {
  private static final int PAGE = 500;

  private FileKeys() {}

  /** Renames, and returns how many there were; none after the first run. */
  public static long rename(Connection connection, Ledger ledger, SaveSource source)
      throws SQLException {
    long renamed = 0;
    long after = -1;
    for (Map<Long, SaveKey> page = page(connection, source.name(), after);
        !page.isEmpty();
        page = page(connection, source.name(), after)) {
      Map<SaveKey, SaveKey> names = new LinkedHashMap<>();
      for (SaveKey key : page.values()) {
        String fresh = FileKey.old(key.text());
        if (fresh != null) {
          names.put(key, new SaveKey(List.of(fresh)));
        }
      }
      Set<SaveKey> present = new HashSet<>(source.present(names.keySet()).keySet());
      Set<SaveKey> taken = ledger.find(connection, names.values()).keySet();
      for (Map.Entry<Long, SaveKey> entry : page.entrySet()) {
        after = entry.getKey();
        SaveKey fresh = names.get(entry.getValue());
        if (fresh != null && !present.contains(entry.getValue()) && !taken.contains(fresh)) {
          update(connection, entry.getKey(), fresh);
          renamed++;
        }
      }
    }
    return renamed;
  }

  private static Map<Long, SaveKey> page(Connection connection, String source, long after)
      throws SQLException {
    String sql =
        """
        SELECT save_id, source_key FROM picklift_save
        WHERE source_table = ? AND save_id > ?
          AND (source_key LIKE '%.pkl' OR source_key LIKE './%')
        ORDER BY save_id LIMIT ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      select.setLong(2, after);
      select.setInt(3, PAGE);
      Map<Long, SaveKey> page = new LinkedHashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          page.put(row.getLong(1), new SaveKey(List.of(row.getString(2))));
        }
      }
      return page;
    }
  }

  private static void update(Connection connection, long saveId, SaveKey key) throws SQLException {
    String sql = "UPDATE picklift_save SET source_key = ?, key_sha256 = ? WHERE save_id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, key.text());
      update.setBytes(2, key.sha256());
      update.setLong(3, saveId);
      update.executeUpdate();
    }
  }
}
