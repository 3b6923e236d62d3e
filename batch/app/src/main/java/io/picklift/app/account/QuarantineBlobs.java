package io.picklift.app.account;

import io.picklift.app.database.BlobStatement;
import io.picklift.app.database.Retry;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.lock.Fence;
import io.picklift.app.lock.FencedTransaction;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.Sha256;
import io.picklift.app.source.SourceRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the BLOBs of quarantined saves in the target. At the end of a run, and whatever its steps
 * did: a BLOB that is not kept yet, or of which another version is, is read from the source again
 * and kept where it still has the quarantine's hash.
 */
public final class QuarantineBlobs {
  private static final int PAGE = 100;

  private static final String MISSING =
      """
      SELECT q.save_id, s.source_key FROM picklift_quarantine q
      JOIN picklift_save s ON s.save_id = q.save_id
      LEFT JOIN picklift_quarantine_blob b ON b.save_id = q.save_id
      WHERE s.source_table = ? AND q.save_id > ? AND q.blob_sha256 IS NOT NULL
        AND (b.save_id IS NULL OR b.blob_sha256 <> q.blob_sha256)
      ORDER BY q.save_id LIMIT %d
      """
          .formatted(PAGE);

  private static final String KEEP =
      """
      INSERT INTO picklift_quarantine_blob (save_id, blob_sha256, content)
      SELECT q.save_id, q.blob_sha256, ? FROM picklift_quarantine q
      WHERE q.save_id = ? AND q.blob_sha256 = ?
      ON DUPLICATE KEY UPDATE blob_sha256 = VALUES(blob_sha256), content = VALUES(content)
      """;

  private final SaveSource source;
  private final DataSource target;
  private final Fence lock;

  public QuarantineBlobs(SaveSource source, DataSource target, Fence lock) {
    this.source = source;
    this.target = target;
    this.lock = lock;
  }

  /**
   * Keeps all that are missing.
   *
   * @param check called between saves; throws where the process was told to stop
   * @return how many are longer than the target takes
   */
  public long keep(Runnable check) throws SQLException {
    long tooLong = 0;
    long after = -1;
    while (true) {
      long from = after;
      Map<Long, String> page = Retry.retrying(() -> missing(from));
      for (Map.Entry<Long, String> entry : page.entrySet()) {
        check.run();
        after = entry.getKey();
        SaveKey key = SaveKey.of(entry.getValue(), source);
        tooLong += key == null || isKept(entry.getKey(), key) ? 0 : 1;
      }
      if (page.size() < PAGE) {
        return tooLong;
      }
    }
  }

  private Map<Long, String> missing(long after) throws SQLException {
    try (Connection connection = target.getConnection();
        PreparedStatement select = connection.prepareStatement(MISSING)) {
      select.setString(1, source.name());
      select.setLong(2, after);
      Map<Long, String> page = new TreeMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          page.put(row.getLong(1), row.getString(2));
        }
      }
      return page;
    }
  }

  private boolean isKept(long saveId, SaveKey key) throws SQLException {
    for (SourceRow row : Retry.retrying(() -> source.read(List.of(key), false))) {
      byte[] blob = row.blob();
      if (row.leftOut() != null) {
        return false;
      }
      if (blob != null && row.key().equals(key)) {
        try {
          FencedTransaction.run(lock, target, c -> keep(c, saveId, blob));
        } catch (SQLException e) {
          if (ServerErrors.isTooLong(e)) {
            return false;
          }
          throw e;
        }
      }
    }
    return true;
  }

  private static void keep(Connection connection, long saveId, byte[] blob) throws SQLException {
    try (PreparedStatement insert = BlobStatement.prepare(connection, KEEP, blob)) {
      BlobStatement.set(insert, 1, blob);
      insert.setLong(2, saveId);
      insert.setBytes(3, Sha256.of(blob));
      insert.executeUpdate();
    }
  }

  /** The BLOB that is kept of a quarantined save; null where none is. */
  public static byte @Nullable [] find(Connection connection, String source, String key)
      throws SQLException {
    String sql =
        """
        SELECT b.content, b.blob_sha256 FROM picklift_quarantine_blob b
        JOIN picklift_quarantine q ON q.save_id = b.save_id AND q.blob_sha256 = b.blob_sha256
        JOIN picklift_save s ON s.save_id = b.save_id
        WHERE s.source_table = ? AND s.key_sha256 = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      select.setBytes(2, Sha256.of(key.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        byte[] content = row.getBytes(1);
        return Arrays.equals(Sha256.of(content), row.getBytes(2)) ? content : null;
      }
    }
  }
}
