package io.picklift.app.account;

import io.picklift.app.database.Retry;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.target.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Goes through the ledger page by page and asks the source which of its rows still exist. */
public final class LedgerSweep {
  private static final int PAGE = 500;

  private static final String SELECT =
      """
      SELECT save_id, source_key, out_of_scope_at IS NOT NULL, %s, blob_sha256 IS NOT NULL
      FROM picklift_save
      WHERE source_table = ? AND status <> 'deleted' AND save_id > ? ORDER BY save_id LIMIT %d
      """;

  private final SaveSource source;
  private final DataSource target;
  private long after;

  /**
   * What a page of the ledger holds that the source's rows in scope do not, by save id.
   *
   * @param gone whose row is gone
   * @param owned how many saves without a row the tables own
   * @param lost those of them whose row the source had
   * @param leftScope whose row is outside of the scope, and was not when last looked at
   * @param backInScope whose row is in the scope again
   * @param strange that are no keys of this source
   * @param size all entries of the page
   */
  public record Page(
      Map<Long, SaveKey> gone,
      long owned,
      List<SaveKey> lost,
      List<Long> leftScope,
      List<Long> backInScope,
      Map<Long, String> strange,
      int size) {}

  private record Entry(String key, boolean isOutOfScope, boolean isOwned, boolean wasThere) {}

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
    Map<Long, SaveKey> keys = new LinkedHashMap<>();
    Map<Long, String> strange = new LinkedHashMap<>();
    entries.forEach(
        (saveId, entry) -> {
          after = Math.max(after, saveId);
          SaveKey key = SaveKey.of(entry.key(), source);
          if (key == null) {
            strange.put(saveId, entry.key());
          } else {
            keys.put(saveId, key);
          }
        });
    Map<SaveKey, Boolean> present = Retry.retrying(() -> source.present(keys.values()));
    Map<Long, SaveKey> gone = new LinkedHashMap<>();
    List<Long> leftScope = new ArrayList<>();
    List<Long> backInScope = new ArrayList<>();
    long owned = 0;
    List<SaveKey> lost = new ArrayList<>();
    for (Map.Entry<Long, SaveKey> id : keys.entrySet()) {
      Entry entry = Objects.requireNonNull(entries.get(id.getKey()));
      Boolean isInScope = present.get(id.getValue());
      if (isInScope == null && entry.isOwned()) {
        owned++;
        if (entry.wasThere()) {
          lost.add(id.getValue());
        }
      } else if (isInScope == null) {
        gone.put(id.getKey(), id.getValue());
      } else if (!isInScope && !entry.isOutOfScope()) {
        leftScope.add(id.getKey());
      } else if (isInScope && entry.isOutOfScope()) {
        backInScope.add(id.getKey());
      }
    }
    return new Page(gone, owned, lost, leftScope, backInScope, strange, entries.size());
  }

  private Map<Long, Entry> entries() throws SQLException {
    try (Connection connection = target.getConnection();
        PreparedStatement select =
            connection.prepareStatement(SELECT.formatted(Ledger.ownedIn(connection), PAGE))) {
      select.setString(1, source.name());
      select.setLong(2, after);
      Map<Long, Entry> page = new LinkedHashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          page.put(
              row.getLong(1),
              new Entry(row.getString(2), row.getBoolean(3), row.getBoolean(4), row.getBoolean(5)));
        }
      }
      return page;
    }
  }
}
