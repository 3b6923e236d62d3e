package io.picklift.app.writeback;

import com.github.luben.zstd.Zstd;
import io.picklift.app.database.BlobStatement;
import io.picklift.app.target.archive.ArchiveChecksum;
import io.picklift.schema.tables.split.SplitCounts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The BLOBs of saves that were written into the source. They are kept whole in the archive, as
 * those that are not made again byte for byte: a later Picklift may write what was edited in other
 * bytes. Never commits.
 */
final class WrittenArchive {
  /** As the archive has what it compresses elsewhere. */
  private static final int LEVEL = 3;

  private WrittenArchive() {}

  /**
   * Keeps a BLOB beside the residue of its save.
   *
   * @return false where there is none
   */
  static boolean keep(Connection connection, long saveId, byte[] blob) throws SQLException {
    byte[] residue = residue(connection, saveId);
    if (residue == null) {
      return false;
    }
    byte[] original = Zstd.compress(blob, LEVEL);
    String change =
        """
        UPDATE picklift_archive SET encoding_recipe = NULL, original = ?, original_bytes = ?,
          content_sha256 = UNHEX(?)
        WHERE save_id = ?
        """;
    try (PreparedStatement update = BlobStatement.prepare(connection, change, original)) {
      BlobStatement.set(update, 1, original);
      update.setLong(2, blob.length);
      update.setString(3, checksum(saveId, residue, original, blob.length));
      update.setLong(4, saveId);
      update.executeUpdate();
    }
    return true;
  }

  private static byte @Nullable [] residue(Connection connection, long saveId) throws SQLException {
    String sql = "SELECT residue FROM picklift_archive WHERE save_id = ? FOR UPDATE";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, saveId);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getBytes(1) : null;
      }
    }
  }

  private static String checksum(long saveId, byte[] residue, byte[] original, long bytes) {
    return HexFormat.of().formatHex(ArchiveChecksum.of(saveId, residue, null, original, bytes));
  }

  /** Keeps a BLOB with another residue. */
  static void put(Connection connection, long saveId, StandAlone save) throws SQLException {
    byte[] original = Zstd.compress(save.blob(), LEVEL);
    byte[] residue = save.split().residue();
    SplitCounts counts = save.split().counts();
    String sql =
        """
        REPLACE INTO picklift_archive (original, save_id, row_count, value_count,
          table_value_count, unfit_value_count, residue, residue_bytes, original_bytes,
          content_sha256)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, UNHEX(?))
        """;
    try (PreparedStatement put = BlobStatement.prepare(connection, sql, original)) {
      BlobStatement.set(put, 1, original);
      put.setLong(2, saveId);
      put.setLong(3, save.split().rows().size());
      put.setLong(4, counts.scalars());
      put.setLong(5, counts.inColumns());
      put.setLong(6, counts.unfit());
      put.setBytes(7, residue);
      put.setLong(8, residue.length);
      put.setLong(9, save.blob().length);
      put.setString(10, checksum(saveId, residue, original, save.blob().length));
      put.executeUpdate();
    }
    unfit(connection, saveId, save.unfitColumns());
  }

  /** In place of those of before, which stay where a server makes one row of another. */
  private static void unfit(Connection connection, long saveId, Map<String, Long> columns)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM picklift_column_unfit WHERE save_id = ?")) {
      delete.setLong(1, saveId);
      delete.executeUpdate();
    }
    String sql =
        "INSERT INTO picklift_column_unfit (save_id, column_name, unfit_count) VALUES (?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Map.Entry<String, Long> column : columns.entrySet()) {
        insert.setLong(1, saveId);
        insert.setString(2, column.getKey());
        insert.setLong(3, column.getValue());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
