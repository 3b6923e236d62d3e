package io.picklift.app.proof;

import io.picklift.app.database.TableNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table {@code picklift_proof}. Never commits. */
public final class ProofTable {
  private ProofTable() {}

  /** Whether the target has the table; one that an earlier Picklift made has none. */
  public static boolean isThere(Connection connection) throws SQLException {
    return TableNames.isThere(connection, "picklift_proof");
  }

  /** What was proven of these saves. */
  public static Map<Long, SaveProof> find(Connection connection, Collection<Long> saveIds)
      throws SQLException {
    Map<Long, SaveProof> found = new HashMap<>();
    if (saveIds.isEmpty()) {
      return found;
    }
    String sql =
        """
        SELECT save_id, LOWER(HEX(source_sha256)), LOWER(HEX(rows_sha256)), LOWER(HEX(archive_sha256))
        FROM picklift_proof WHERE save_id IN (%s)
        """
            .formatted(saveIds.stream().map(String::valueOf).collect(Collectors.joining(",")));
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        found.put(
            row.getLong(1), new SaveProof(row.getString(2), row.getString(3), row.getString(4)));
      }
    }
    return found;
  }

  /** Keeps what was proven of some saves, by save id. */
  public static void put(Connection connection, Map<Long, SaveProof> proofs) throws SQLException {
    if (proofs.isEmpty()) {
      return;
    }
    String sql =
        """
        INSERT INTO picklift_proof (save_id, source_sha256, rows_sha256, archive_sha256, proven_at)
        VALUES %s ON DUPLICATE KEY UPDATE source_sha256 = VALUES(source_sha256),
          rows_sha256 = VALUES(rows_sha256), archive_sha256 = VALUES(archive_sha256),
          proven_at = VALUES(proven_at)
        """
            .formatted(
                String.join(
                    ", ", Collections.nCopies(proofs.size(), "(?, ?, ?, ?, UTC_TIMESTAMP(6))")));
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      int at = 1;
      // In their order, in which others lock them too.
      for (Map.Entry<Long, SaveProof> entry : new TreeMap<>(proofs).entrySet()) {
        SaveProof proof = entry.getValue();
        insert.setLong(at++, entry.getKey());
        insert.setBytes(at++, HexFormat.of().parseHex(proof.source()));
        insert.setBytes(at++, HexFormat.of().parseHex(proof.rows()));
        insert.setBytes(at++, HexFormat.of().parseHex(proof.archive()));
      }
      insert.executeUpdate();
    }
  }
}
