package io.picklift.app.target;

import com.github.luben.zstd.Zstd;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code picklift_archive}: what restores a save together with its rows. Never commits.
 */
public final class ResidueTable {
  private ResidueTable() {}

  /**
   * What is archived of a save.
   *
   * @param residue the graph without what the tables hold; it is compressed as it comes
   * @param recipe how to encode the pickle again; null where the original is kept
   * @param original the BLOB; null unless kept
   */
  public record Entry(byte[] residue, @Nullable String recipe, byte @Nullable [] original) {}

  static void insert(
      Connection connection,
      long saveId,
      PreparedSave.Migrated save,
      PreparedSave.@Nullable Blob blob)
      throws SQLException {
    String sql =
        "INSERT INTO picklift_archive (save_id, row_count, residue, residue_bytes, encoding_recipe, original, original_bytes,"
            + " value_count, table_value_count, unfit_value_count)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    PreparedSave.Archive archive = save.archive();
    byte[] original = archive.packedOriginal();
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, saveId);
      insert.setInt(2, save.rows().size());
      insert.setBytes(3, archive.residue());
      insert.setLong(4, archive.residue().length);
      insert.setString(5, archive.recipe());
      insert.setBytes(6, original);
      insert.setObject(7, original == null || blob == null ? null : blob.bytes());
      insert.setLong(8, save.values());
      insert.setLong(9, save.valuesInTables());
      insert.setLong(10, save.unfitValues());
      insert.executeUpdate();
    }
  }

  public static @Nullable Entry find(Connection connection, long saveId) throws SQLException {
    String sql =
        "SELECT residue, encoding_recipe, original, original_bytes FROM picklift_archive"
            + " WHERE save_id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, saveId);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        byte[] original = row.getBytes(3);
        return new Entry(
            row.getBytes(1),
            row.getString(2),
            original == null ? null : Zstd.decompress(original, row.getInt(4)));
      }
    }
  }
}
