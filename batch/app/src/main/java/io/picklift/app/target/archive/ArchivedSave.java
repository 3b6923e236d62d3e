package io.picklift.app.target.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code picklift_archive} has of a save, checked against its checksum.
 *
 * @param residue the graph without what the tables hold
 * @param recipe how to encode the pickle again; null where the original is kept
 * @param original the BLOB; null unless kept
 * @param sha256 {@link ArchiveChecksum} of what was read
 */
public record ArchivedSave(
    byte[] residue, @Nullable String recipe, byte @Nullable [] original, byte[] sha256) {
  /** Nothing that was archived says of itself that it is longer than this. */
  private static final long LONGEST = Integer.MAX_VALUE - 8L;

  /**
   * Reads what is archived of a save; null where there is nothing.
   *
   * @throws DamagedArchiveException if it is not what was archived for this save
   */
  public static @Nullable ArchivedSave find(Connection connection, long saveId)
      throws SQLException, DamagedArchiveException {
    Found found = find(connection, List.of(saveId)).get(saveId);
    return found == null ? null : found.get();
  }

  /** What is archived of one of several saves, or why it cannot be used. */
  public interface Found {
    ArchivedSave get() throws DamagedArchiveException;
  }

  /** Reads what is archived of some saves; one of which there is nothing is left out. */
  public static Map<Long, Found> find(Connection connection, List<Long> saveIds)
      throws SQLException {
    // All columns: a target that no later Picklift wrote into has no checksum yet.
    String sql =
        "SELECT * FROM picklift_archive WHERE save_id IN (%s)"
            .formatted(saveIds.stream().map(String::valueOf).collect(Collectors.joining(",")));
    Map<Long, Found> found = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        long saveId = row.getLong("save_id");
        found.put(saveId, found(row, saveId));
      }
    }
    return found;
  }

  private static Found found(ResultSet row, long saveId) throws SQLException {
    try {
      ArchivedSave archive = read(row, saveId);
      return () -> archive;
    } catch (DamagedArchiveException e) {
      return () -> {
        throw e;
      };
    }
  }

  private static ArchivedSave read(ResultSet row, long saveId)
      throws SQLException, DamagedArchiveException {
    byte[] residue = row.getBytes("residue");
    String recipe = row.getString("encoding_recipe");
    byte[] original = row.getBytes("original");
    long length = row.getLong("original_bytes");
    byte[] checksum = checksum(row);
    byte[] sha256 = ArchiveChecksum.of(saveId, residue, recipe, original, length);
    if (checksum != null && !Arrays.equals(checksum, sha256)) {
      throw new DamagedArchiveException(
          "what picklift_archive has of it is not what was archived for it: residue, recipe or"
              + " original was changed, or is of another save");
    }
    return new ArchivedSave(
        residue, recipe, original == null ? null : unpack(original, length), sha256);
  }

  private static byte @Nullable [] checksum(ResultSet row) throws SQLException {
    for (int i = row.getMetaData().getColumnCount(); i > 0; i--) {
      if (row.getMetaData().getColumnName(i).equalsIgnoreCase("content_sha256")) {
        return row.getBytes(i);
      }
    }
    return null;
  }

  private static byte[] unpack(byte[] original, long length) throws DamagedArchiveException {
    // The frame's own word is asked first, so that no length is believed that it does not have.
    if (length < 0 || length > LONGEST || Zstd.getFrameContentSize(original) != length) {
      throw new DamagedArchiveException("the original in picklift_archive is damaged: its length");
    }
    try {
      return Zstd.decompress(original, (int) length);
    } catch (ZstdException e) {
      throw new DamagedArchiveException(
          "the original in picklift_archive is damaged: " + e.getMessage());
    }
  }
}
