package io.picklift.app.target.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.picklift.app.database.BlobStatement;
import io.picklift.app.source.Sha256;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code picklift_base}: a save as source and tables agreed on it last. Never commits.
 *
 * @param blob as the source had it
 * @param isNumbered whether the rows that it is taken apart into have the ordinals of the save's
 */
public record KeptBase(byte[] blob, boolean isNumbered) {
  private static final int LEVEL = 3;

  /**
   * Reads it; null where nothing is kept, or what is kept is of another BLOB, or damaged.
   *
   * @param blobSha256 of the BLOB that the ledger has, in lower-case hex
   */
  public static @Nullable KeptBase find(
      Connection connection, long saveId, @Nullable String blobSha256) throws SQLException {
    String sql = "SELECT base, base_bytes, is_numbered FROM picklift_base WHERE save_id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, saveId);
      try (ResultSet row = select.executeQuery()) {
        byte[] blob = row.next() ? unpack(row.getBytes(1), row.getLong(2)) : null;
        return blob != null && HexFormat.of().formatHex(Sha256.of(blob)).equals(blobSha256)
            ? new KeptBase(blob, row.getBoolean(3))
            : null;
      }
    }
  }

  private static byte @Nullable [] unpack(byte[] packed, long length) {
    // The frame's own word is asked first, so that no length is believed that it does not have.
    if (length < 0 || length > Integer.MAX_VALUE || Zstd.getFrameContentSize(packed) != length) {
      return null;
    }
    try {
      return Zstd.decompress(packed, (int) length);
    } catch (ZstdException e) {
      // It is as if nothing were kept: the save is told, and stays.
      return null;
    }
  }

  /** Keeps a BLOB that was made of the save's rows. */
  public static void write(Connection connection, long saveId, byte[] blob) throws SQLException {
    String sql =
        """
        REPLACE INTO picklift_base
          (save_id, blob_sha256, base, packed_bytes, base_bytes, is_numbered)
        VALUES (?, ?, ?, ?, ?, FALSE)
        """;
    byte[] packed = Zstd.compress(blob, LEVEL);
    try (PreparedStatement replace = BlobStatement.prepare(connection, sql, packed)) {
      replace.setLong(1, saveId);
      replace.setBytes(2, Sha256.of(blob));
      BlobStatement.set(replace, 3, packed);
      replace.setLong(4, packed.length);
      replace.setLong(5, blob.length);
      replace.executeUpdate();
    }
  }

  /** Keeps nothing of a save any more. */
  public static void delete(Connection connection, long saveId) throws SQLException {
    delete(connection, List.of(saveId));
  }

  /** The same of several saves. */
  public static void delete(Connection connection, List<Long> saveIds) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM picklift_base WHERE save_id = ?")) {
      for (long saveId : saveIds) {
        delete.setLong(1, saveId);
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }
}
