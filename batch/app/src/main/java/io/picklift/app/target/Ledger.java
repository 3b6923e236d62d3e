package io.picklift.app.target;

import io.picklift.app.database.HashLiterals;
import io.picklift.app.database.TableNames;
import io.picklift.app.source.SaveKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table {@code picklift_save}: what became of each source row. Never commits. */
public final class Ledger {
  private static final String COLUMNS =
      "save_id, status, LOWER(HEX(blob_sha256)), LOWER(HEX(graph_sha256)), watermark, key_sha256";

  private final String source;
  private final byte[] mappingSha256;
  private volatile @Nullable String owned;

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
    String sql =
        "SELECT "
            + COLUMNS
            + ", "
            + owned(connection)
            + " FROM picklift_save WHERE source_table = ? AND key_sha256 IN ("
            + HashLiterals.of(byHash.keySet())
            + ")";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
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

  /** What the ledger says about these saves, by their ids. */
  Map<Long, LedgerEntry> entries(Connection connection, Collection<Long> saveIds)
      throws SQLException {
    Map<Long, LedgerEntry> entries = new HashMap<>();
    if (saveIds.isEmpty()) {
      return entries;
    }
    String sql =
        "SELECT %s, %s FROM picklift_save WHERE save_id IN (%s)"
            .formatted(
                COLUMNS,
                owned(connection),
                saveIds.stream().map(String::valueOf).collect(Collectors.joining(",")));
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      while (row.next()) {
        LedgerEntry entry = entry(row);
        entries.put(entry.saveId(), entry);
      }
    }
    return entries;
  }

  private String owned(Connection connection) throws SQLException {
    String known = owned;
    if (known == null) {
      known = ownedIn(connection);
      owned = known;
    }
    return known;
  }

  /**
   * Whether the tables own a save, as SQL. A target that an earlier Picklift made, and that a
   * command reads which writes nothing, does not say it.
   */
  public static String ownedIn(Connection connection) throws SQLException {
    return TableNames.hasColumn(connection, "picklift_save", "owner")
        ? "owner = 'tables'"
        : "FALSE";
  }

  private static LedgerEntry entry(ResultSet row) throws SQLException {
    return new LedgerEntry(
        row.getLong(1),
        LedgerEntry.Status.of(row.getString(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getBoolean(7));
  }

  String source() {
    return source;
  }

  byte[] mappingSha256() {
    return mappingSha256.clone();
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
