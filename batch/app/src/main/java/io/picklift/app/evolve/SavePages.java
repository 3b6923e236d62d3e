package io.picklift.app.evolve;

import io.picklift.app.rebuild.SaveRebuilder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The migrated saves of a source, page by page, with what was made of each already. */
final class SavePages {
  private static final int MOST_SAVES = 200;
  private static final long MOST_BYTES = 8L << 20;

  private static final String SELECT =
      """
      SELECT s.save_id, s.source_key, LOWER(HEX(s.blob_sha256)), LOWER(HEX(s.graph_sha256)),
        s.pickle_bytes, e.rows_sha256,
        COALESCE(e.archive_sha256
          = IF(a.save_id IS NULL, UNHEX(REPEAT('00', 32)), a.content_sha256), FALSE)
      FROM picklift_save s
      LEFT JOIN picklift_archive a ON a.save_id = s.save_id
      LEFT JOIN picklift_evolved e ON e.save_id = s.save_id
      WHERE s.source_table = ? AND s.status = 'migrated' AND s.save_id > ?%s
      ORDER BY s.save_id LIMIT ?
      """;

  private static final String GONE =
      """
      SELECT e.save_id FROM picklift_evolved e LEFT JOIN picklift_save s ON s.save_id = e.save_id
      WHERE s.save_id IS NULL OR s.status <> 'migrated' ORDER BY e.save_id LIMIT ?
      """;

  private final String source;
  private final boolean isAll;
  private long after;

  /**
   * @param isAll whether to give those as well of which something was made
   */
  SavePages(String source, boolean isAll) {
    this.source = source;
    this.isAll = isAll;
  }

  /** The next page; empty at the end. */
  List<OpenSave> next(Connection connection) throws SQLException {
    String sql = SELECT.formatted(isAll ? "" : " AND e.save_id IS NULL");
    List<OpenSave> page = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      select.setLong(2, after);
      select.setInt(3, MOST_SAVES);
      try (ResultSet row = select.executeQuery()) {
        long bytes = 0;
        while (row.next()) {
          bytes += row.getLong(5);
          if (!page.isEmpty() && bytes > MOST_BYTES) {
            break;
          }
          page.add(save(row));
        }
      }
    }
    if (!page.isEmpty()) {
      after = page.get(page.size() - 1).id();
    }
    return page;
  }

  private static OpenSave save(ResultSet row) throws SQLException {
    return new OpenSave(
        new SaveRebuilder.Migrated(row.getLong(1), row.getString(3), row.getString(4)),
        row.getString(2),
        row.getLong(5),
        row.getBytes(6),
        row.getBoolean(7));
  }

  /** Saves of which something was made, and which are gone since; some of them. */
  static List<Long> gone(Connection connection) throws SQLException {
    List<Long> gone = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(GONE)) {
      select.setInt(1, MOST_SAVES);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          gone.add(row.getLong(1));
        }
      }
    }
    return gone;
  }
}
