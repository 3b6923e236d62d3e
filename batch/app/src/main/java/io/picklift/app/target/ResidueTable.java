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
  private static final int LEVEL = 6;

  private ResidueTable() {}

  /**
   * What is archived of a save.
   *
   * @param residue the graph without what the tables hold; it is compressed as it comes
   * @param recipe how to encode the pickle again; null where the original is kept
   * @param original the BLOB; null unless kept
   */
  public record Entry(byte[] residue, @Nullable String recipe, byte @Nullable [] original) {}

  static void insert(Connection connection, long saveId, Entry entry, MappedTables.Split split)
      throws SQLException {
    String sql =
        "INSERT INTO picklift_archive (save_id, row_count, residue, residue_bytes, encoding_recipe, original, original_bytes,"
            + " value_count, table_value_count, unfit_value_count)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    byte[] original = entry.original();
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, saveId);
      insert.setInt(2, split.rowCount());
      insert.setBytes(3, entry.residue());
      insert.setLong(4, entry.residue().length);
      insert.setString(5, entry.recipe());
      insert.setBytes(6, original == null ? null : Zstd.compress(original, LEVEL));
      insert.setObject(7, original == null ? null : original.length);
      insert.setLong(8, split.values());
      insert.setLong(9, split.valuesInTables());
      insert.setLong(10, split.unfitValues());
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
