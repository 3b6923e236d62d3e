package io.picklift.app.target;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code picklift_archive}: what restores a save together with its rows. Never commits.
 */
final class ResidueTable {
  private ResidueTable() {}

  static void insert(
      Connection connection,
      long saveId,
      PreparedSave.Migrated save,
      PreparedSave.@Nullable Blob blob)
      throws SQLException {
    String sql =
        "INSERT INTO picklift_archive (save_id, row_count, residue, residue_bytes, encoding_recipe,"
            + " original, original_bytes, value_count, table_value_count, unfit_value_count,"
            + " content_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    PreparedSave.Archive archive = save.archive();
    byte[] original = archive.packedOriginal();
    long originalBytes = blob == null ? 0 : blob.bytes();
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, saveId);
      insert.setInt(2, save.rows().size());
      insert.setBytes(3, archive.residue());
      insert.setLong(4, archive.residue().length);
      insert.setString(5, archive.recipe());
      insert.setBytes(6, original);
      insert.setObject(7, original == null ? null : originalBytes);
      insert.setLong(8, save.values());
      insert.setLong(9, save.valuesInTables());
      insert.setLong(10, save.unfitValues());
      insert.setBytes(
          11,
          ArchiveChecksum.of(saveId, archive.residue(), archive.recipe(), original, originalBytes));
      insert.executeUpdate();
    }
  }
}
