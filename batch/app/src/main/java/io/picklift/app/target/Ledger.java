package io.picklift.app.target;

import io.picklift.app.source.SaveKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table {@code picklift_save}: what became of each source row. Never commits. */
public final class Ledger {
  private static final String COLUMNS =
      "save_id, status, LOWER(HEX(blob_sha256)), LOWER(HEX(graph_sha256)), watermark, key_sha256";

  private final String source;
  private final byte[] mappingSha256;

  /**
   * @param source the name of the source table
   */
  public Ledger(String source, byte[] mappingSha256) {
    this.source = source;
    this.mappingSha256 = mappingSha256;
  }

  /** What the ledger says about these keys; a key that it does not know is left out. */
  public Map<SaveKey, LedgerEntry> find(Connection connection, Collection<SaveKey> keys)
      throws SQLException {
    Map<SaveKey, LedgerEntry> found = new HashMap<>();
    if (keys.isEmpty()) {
      return found;
    }
    Map<String, SaveKey> byHash = new HashMap<>();
    for (SaveKey key : keys) {
      byHash.put(HexFormat.of().formatHex(key.sha256()), key);
    }
    String places = String.join(", ", Collections.nCopies(byHash.size(), "?"));
    String sql =
        "SELECT "
            + COLUMNS
            + " FROM picklift_save WHERE source_table = ? AND key_sha256 IN ("
            + places
            + ")";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      int parameter = 2;
      for (String hash : byHash.keySet()) {
        select.setBytes(parameter++, HexFormat.of().parseHex(hash));
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          SaveKey key = byHash.get(HexFormat.of().formatHex(row.getBytes(6)));
          if (key != null) {
            found.put(key, entry(row));
          }
        }
      }
    }
    return found;
  }

  private static LedgerEntry entry(ResultSet row) throws SQLException {
    return new LedgerEntry(
        row.getLong(1),
        LedgerEntry.Status.of(row.getString(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5));
  }

  /** Enters what became of a source row, and returns its save id. */
  long enter(Connection connection, @Nullable LedgerEntry before, PreparedSave save)
      throws SQLException {
    String sql =
        before == null
            ? "INSERT INTO picklift_save (status, blob_sha256, blob_bytes, pickle_bytes, encodings, protocol,"
                + " graph_sha256, restored_as, mapping_sha256, watermark, source_table, source_key, key_sha256,"
                + " first_seen, last_written)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"
            : "UPDATE picklift_save SET status = ?, blob_sha256 = ?, blob_bytes = ?, pickle_bytes = ?,"
                + " encodings = ?, protocol = ?, graph_sha256 = ?, restored_as = ?, mapping_sha256 = ?,"
                + " watermark = ?, deleted_at = NULL, last_written = UTC_TIMESTAMP(6) WHERE save_id = ?";
    try (PreparedStatement write =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      describe(write, save);
      if (before != null) {
        write.setLong(11, before.saveId());
        write.executeUpdate();
        return before.saveId();
      }
      SaveKey key = save.key();
      write.setString(11, source);
      write.setString(12, key.text());
      write.setBytes(13, key.sha256());
      write.executeUpdate();
      try (ResultSet id = write.getGeneratedKeys()) {
        if (!id.next()) {
          throw new SQLException("the ledger gave no save_id");
        }
        return id.getLong(1);
      }
    }
  }

  private void describe(PreparedStatement write, PreparedSave save) throws SQLException {
    PreparedSave.Blob blob = save.blob();
    write.setBytes(2, blob == null ? null : blob.sha256());
    write.setObject(3, blob == null ? null : blob.bytes());
    if (save.content() instanceof PreparedSave.Migrated migrated) {
      write.setString(1, LedgerEntry.Status.MIGRATED.label());
      write.setLong(4, migrated.pickleBytes());
      write.setString(5, migrated.encodings());
      write.setInt(6, migrated.protocol());
      write.setBytes(7, migrated.graphSha256());
      write.setString(8, migrated.archive().recipe() == null ? "kept" : "identical");
    } else {
      write.setString(1, LedgerEntry.Status.QUARANTINED.label());
      write.setNull(4, Types.BIGINT);
      write.setString(5, "");
      write.setNull(6, Types.TINYINT);
      write.setNull(7, Types.BINARY);
      write.setNull(8, Types.VARCHAR);
    }
    write.setBytes(9, mappingSha256);
    write.setString(10, save.watermark());
  }

  /** Whether the entry was made from this version of the row. */
  public static boolean isCurrent(LedgerEntry entry, @Nullable String version, boolean watermark) {
    String known = watermark ? entry.watermark() : entry.blobSha256();
    return entry.status() != LedgerEntry.Status.DELETED && java.util.Objects.equals(known, version);
  }

  static @Nullable String hex(byte @Nullable [] bytes) {
    return bytes == null ? null : HexFormat.of().formatHex(bytes);
  }
}
