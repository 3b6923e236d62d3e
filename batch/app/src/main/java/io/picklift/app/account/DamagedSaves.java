package io.picklift.app.account;

import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.target.Ledger;
import io.picklift.app.target.LedgerEntry;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Marks saves of the target as damaged, so that the next run makes them anew from the source. Never
 * commits.
 */
public final class DamagedSaves {
  private final SaveSource source;
  private final Ledger ledger;

  public DamagedSaves(SaveSource source, Ledger ledger) {
    this.source = source;
    this.ledger = ledger;
  }

  /**
   * Checks that these saves can be made anew.
   *
   * @param keys some hundred at most
   * @throws ConfigurationException if one is no migrated save, or its row is gone from the source:
   *     what the target still has of it is all that there is
   */
  public void check(Connection connection, List<SaveKey> keys) throws SQLException {
    Map<SaveKey, Boolean> present = source.present(keys);
    Map<SaveKey, LedgerEntry> known = ledger.find(connection, keys);
    for (SaveKey key : keys) {
      LedgerEntry entry = known.get(key);
      if (entry == null || entry.status() != LedgerEntry.Status.MIGRATED) {
        throw new ConfigurationException(
            "--key " + key.text() + ": the target has no migrated save of this key");
      }
      if (entry.isOwned()) {
        throw new ConfigurationException(
            "--key "
                + key.text()
                + ": the tables own this save; what the source has is older ('cutover --back --key "
                + key.text()
                + "' gives it back to the source; with '--take-source' it is migrated again, and"
                + " edits of its rows are lost)");
      }
      if (!present.containsKey(key)) {
        throw new ConfigurationException(
            "--key " + key.text() + ": the source no longer has its row to migrate it from");
      }
    }
  }

  /** {@link #mark(Connection, List)} of saves by their ids; some hundred at most. */
  public static void markIds(Connection connection, Collection<Long> saveIds) throws SQLException {
    if (saveIds.isEmpty()) {
      return;
    }
    String ids = saveIds.stream().map(String::valueOf).collect(Collectors.joining(","));
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM picklift_archive WHERE save_id IN (" + ids + ")");
      // Its rows alone would give one that is new, and count as edits of what the source has.
      statement.executeUpdate(
          "UPDATE picklift_save SET restored_as = NULL"
              + " WHERE restored_as = 'born' AND save_id IN ("
              + ids
              + ")");
    }
  }

  /**
   * Takes away what is archived of these saves. A ledger row that says {@code migrated} and has no
   * archive is not whole, and the next run does it again, also where this process dies first.
   *
   * @param keys some hundred at most
   */
  public void mark(Connection connection, List<SaveKey> keys) throws SQLException {
    String places = String.join(", ", Collections.nCopies(keys.size(), "?"));
    String sql =
        """
        SELECT save_id FROM picklift_save
        WHERE source_table = ? AND status = 'migrated' AND key_sha256 IN (%s)
        """
            .formatted(places);
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source.name());
      int parameter = 2;
      for (SaveKey key : keys) {
        select.setBytes(parameter++, key.sha256());
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ids.add(row.getLong(1));
        }
      }
    }
    markIds(connection, ids);
  }
}
