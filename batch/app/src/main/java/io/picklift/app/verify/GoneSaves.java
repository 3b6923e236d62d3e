package io.picklift.app.verify;

import io.picklift.app.database.Retry;
import io.picklift.app.report.Finding;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Finds saves of the target whose row the source does not have any more. */
final class GoneSaves {
  private static final int PAGE = 500;

  private final SaveSource source;
  private final DataSource target;

  GoneSaves(SaveSource source, DataSource target) {
    this.source = source;
    this.target = target;
  }

  void find(VerifyReport report) throws SQLException {
    NavigableMap<Long, SaveKey> page;
    long after = -1;
    do {
      long from = after;
      page = Retry.retrying(() -> page(from));
      Map<Long, SaveKey> keys = page;
      Map<SaveKey, Boolean> present = Retry.retrying(() -> source.present(keys.values()));
      for (SaveKey key : page.values()) {
        if (!present.containsKey(key)) {
          report.add(gone(key));
        }
      }
      after = page.isEmpty() ? after : page.lastKey();
    } while (page.size() == PAGE);
  }

  /** The report of a save that is gone. */
  static SaveResult gone(SaveKey key) {
    Finding finding =
        Finding.of(Finding.Kind.GONE, "gone from the source, and still in the target");
    return new SaveResult(key.text(), SaveResult.Status.GONE, "", List.of(finding));
  }

  private NavigableMap<Long, SaveKey> page(long after) throws SQLException {
    String sql =
        """
        SELECT save_id, source_key FROM picklift_save
        WHERE source_table = ? AND status <> 'deleted' AND save_id > ?
        ORDER BY save_id LIMIT %d
        """
            .formatted(PAGE);
    try (Connection connection = target.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source.name());
      select.setLong(2, after);
      NavigableMap<Long, SaveKey> page = new TreeMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          page.put(row.getLong(1), SaveKey.parse(row.getString(2), source.keyColumns()));
        }
      }
      return page;
    }
  }
}
