package io.picklift.app.account;

import io.picklift.app.database.Retry;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Goes through the ledger page by page and asks the source which of its rows still exist. */
public final class LedgerSweep {
  private static final int PAGE = 500;

  private static final String SELECT =
      """
      SELECT save_id, source_key, out_of_scope_at IS NOT NULL FROM picklift_save
      WHERE source_table = ? AND status <> 'deleted' AND save_id > ? ORDER BY save_id LIMIT %d
      """
          .formatted(PAGE);

  private final SaveSource source;
  private final DataSource target;
  private long after;

  /**
   * What a page of the ledger holds that the source's rows in scope do not, by save id.
   *
   * @param gone whose row is gone
   * @param leftScope whose row is outside of the scope, and was not when last looked at
   * @param backInScope whose row is in the scope again
   * @param strange that are no keys of this source
   * @param size all entries of the page
   */
  public record Page(
      Map<Long, SaveKey> gone,
      List<Long> leftScope,
      List<Long> backInScope,
      Map<Long, String> strange,
      int size) {}

  private record Entry(String key, boolean isOutOfScope) {}

  public LedgerSweep(SaveSource source, DataSource target) {
    this.source = source;
    this.target = target;
  }

  /** The next page; null at the end. */
  public @Nullable Page next() throws SQLException {
    Map<Long, Entry> entries = Retry.retrying(this::entries);
    if (entries.isEmpty()) {
      return null;
    }
    Page page =
        new Page(
            new LinkedHashMap<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new LinkedHashMap<>(),
            entries.size());
    Map<Long, SaveKey> keys = new LinkedHashMap<>();
    entries.forEach(
        (saveId, entry) -> {
          after = Math.max(after, saveId);
          SaveKey key = SaveKey.of(entry.key(), source);
          if (key == null) {
            page.strange().put(saveId, entry.key());
          } else {
            keys.put(saveId, key);
          }
        });
    Map<SaveKey, Boolean> present = Retry.retrying(() -> source.present(keys.values()));
    keys.forEach(
        (saveId, key) -> {
          Boolean isInScope = present.get(key);
          boolean wasOut = entries.getOrDefault(saveId, new Entry("", false)).isOutOfScope();
          if (isInScope == null) {
            page.gone().put(saveId, key);
          } else if (!isInScope && !wasOut) {
            page.leftScope().add(saveId);
          } else if (isInScope && wasOut) {
            page.backInScope().add(saveId);
          }
        });
    return page;
  }

  private Map<Long, Entry> entries() throws SQLException {
    try (Connection connection = target.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, source.name());
      select.setLong(2, after);
      Map<Long, Entry> page = new LinkedHashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          page.put(row.getLong(1), new Entry(row.getString(2), row.getBoolean(3)));
        }
      }
      return page;
    }
  }
}
