package io.picklift.app.verify;

import io.picklift.app.account.LedgerSweep;
import io.picklift.app.database.Retry;
import io.picklift.app.report.Finding;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.target.Ledger;
import io.picklift.app.target.LedgerEntry;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Finds saves of the target whose row the source does not have any more. */
final class GoneSaves {
  private final SaveSource source;
  private final DataSource target;

  GoneSaves(SaveSource source, DataSource target) {
    this.source = source;
    this.target = target;
  }

  /**
   * Those of the whole ledger.
   *
   * @param mapping the fingerprint of the mapping
   */
  void find(byte[] mapping, VerifyReport report) throws SQLException {
    LedgerSweep sweep = new LedgerSweep(source, target);
    for (LedgerSweep.Page page = sweep.next(); page != null; page = sweep.next()) {
      if (!page.gone().isEmpty()) {
        // A backfill may have deleted some between the look at the ledger and the one at the
        // source.
        Collection<Long> ids = page.gone().keySet();
        Set<Long> live = Retry.retrying(() -> live(ids));
        page.gone()
            .forEach(
                (saveId, key) -> {
                  if (live.contains(saveId)) {
                    report.add(gone(key, Finding.gone()));
                  }
                });
      }
      if (!page.lost().isEmpty()) {
        find(page.lost(), mapping, report);
      }
    }
  }

  /** The same of some keys. */
  void find(List<SaveKey> keys, byte[] mapping, VerifyReport report) throws SQLException {
    Map<SaveKey, Boolean> present = Retry.retrying(() -> source.present(keys));
    List<SaveKey> absent = keys.stream().filter(key -> !present.containsKey(key)).toList();
    Retry.retrying(() -> known(absent, mapping))
        .forEach(
            (key, entry) -> {
              if (entry.status() != LedgerEntry.Status.DELETED && !isBorn(entry)) {
                report.add(gone(key, entry.isOwned() ? Finding.goneThoughOwned() : Finding.gone()));
              }
            });
  }

  /**
   * Refuses keys of which nothing would be found, which is no proof.
   *
   * @throws ConfigurationException if neither source nor target has a save of a key, or the
   *     source's row is none that is migrated
   */
  void check(List<SaveKey> keys, byte[] mapping) throws SQLException {
    Map<SaveKey, Boolean> present = Retry.retrying(() -> source.present(keys));
    List<SaveKey> absent = keys.stream().filter(key -> !present.containsKey(key)).toList();
    Map<SaveKey, LedgerEntry> known = Retry.retrying(() -> known(absent, mapping));
    for (SaveKey key : keys) {
      Boolean isInScope = present.get(key);
      LedgerEntry entry = known.get(key);
      if (isInScope != null && !isInScope) {
        throw wrong(key, "'where' excludes its row in the source");
      }
      if (isInScope == null && (entry == null || entry.status() == LedgerEntry.Status.DELETED)) {
        throw wrong(key, "neither the source nor the target has such a save");
      }
      if (isInScope == null && entry != null && isBorn(entry)) {
        throw wrong(key, "the save was made in the tables, and writeback has not written it yet");
      }
    }
  }

  private static ConfigurationException wrong(SaveKey key, String why) {
    return new ConfigurationException("--key " + key.text() + ": " + why);
  }

  private Map<SaveKey, LedgerEntry> known(List<SaveKey> keys, byte[] mapping) throws SQLException {
    try (Connection connection = target.getConnection()) {
      return new Ledger(source.name(), mapping).find(connection, keys);
    }
  }

  /** Whether a save has been in the tables alone so far. */
  private static boolean isBorn(LedgerEntry entry) {
    return entry.isOwned() && entry.blobSha256() == null;
  }

  private static SaveResult gone(SaveKey key, Finding finding) {
    return new SaveResult(key.text(), SaveResult.Status.GONE, "", List.of(finding));
  }

  private Set<Long> live(Collection<Long> saveIds) throws SQLException {
    String sql =
        "SELECT save_id FROM picklift_save WHERE status <> 'deleted' AND save_id IN (%s)"
            .formatted(saveIds.stream().map(String::valueOf).collect(Collectors.joining(",")));
    Set<Long> live = new HashSet<>();
    try (Connection connection = target.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        live.add(row.getLong(1));
      }
    }
    return live;
  }
}
