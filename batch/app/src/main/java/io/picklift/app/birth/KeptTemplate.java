package io.picklift.app.birth;

import io.picklift.app.source.Sha256;
import io.picklift.codec.error.DamagedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code picklift_template} and {@code picklift_template_save}. Never commits.
 *
 * @param recipe the encodings of new saves
 * @param lookedUntil saves that were written before this moment were looked at
 * @param token of this version
 * @param residues of saves that new ones are made like
 */
record KeptTemplate(
    byte[] mappingSha256,
    int protocol,
    String recipe,
    String lookedUntil,
    String token,
    List<byte[]> residues) {
  /**
   * What a source's new saves are made like; null where nothing was found yet.
   *
   * @throws DamagedException if it is not what was kept
   */
  static @Nullable KeptTemplate find(Connection connection, String source)
      throws SQLException, DamagedException {
    String sql =
        """
        SELECT mapping_sha256, protocol, encoding_recipe, looked_until, token
        FROM picklift_template WHERE source_table = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new KeptTemplate(
                row.getBytes(1),
                row.getInt(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                residues(connection, source))
            : null;
      }
    }
  }

  /** Which version there is; null where there is none. */
  static @Nullable String token(Connection connection, String source) throws SQLException {
    String sql = "SELECT token FROM picklift_template WHERE source_table = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    }
  }

  private static List<byte[]> residues(Connection connection, String source)
      throws SQLException, DamagedException {
    String sql =
        """
        SELECT residue, residue_sha256 FROM picklift_template_save
        WHERE source_table = ? ORDER BY number
        """;
    List<byte[]> residues = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          byte[] residue = row.getBytes(1);
          if (!Arrays.equals(Sha256.of(residue), row.getBytes(2))) {
            throw new DamagedException(
                "what picklift_template_save has is not what cutover wrote there");
          }
          residues.add(residue);
        }
      }
    }
    if (residues.isEmpty()) {
      throw new DamagedException("picklift_template_save has lost its rows");
    }
    return residues;
  }

  static String newToken() {
    return UUID.randomUUID().toString();
  }

  /** Keeps this one in place of what was there. */
  void put(Connection connection, String source) throws SQLException {
    for (String table : List.of("picklift_template_save", "picklift_template")) {
      String sql = "DELETE FROM " + table + " WHERE source_table = ?";
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setString(1, source);
        delete.executeUpdate();
      }
    }
    String head =
        """
        INSERT INTO picklift_template
          (source_table, mapping_sha256, protocol, encoding_recipe, looked_until, token)
        VALUES (?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(head)) {
      insert.setString(1, source);
      insert.setBytes(2, mappingSha256);
      insert.setInt(3, protocol);
      insert.setString(4, recipe);
      insert.setString(5, lookedUntil);
      insert.setString(6, token);
      insert.executeUpdate();
    }
    String sql =
        """
        INSERT INTO picklift_template_save (source_table, number, residue, residue_sha256)
        VALUES (?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int i = 0; i < residues.size(); i++) {
        insert.setString(1, source);
        insert.setInt(2, i);
        insert.setBytes(3, residues.get(i));
        insert.setBytes(4, Sha256.of(residues.get(i)));
        insert.executeUpdate();
      }
    }
  }
}
