package io.picklift.app.poison;

import io.picklift.app.database.HashLiterals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code picklift_in_hand} and {@code picklift_suspect}, or those of the same columns
 * for verifications and restores by workers. Never commits.
 */
final class InHandTable {
  static final int HASH_BYTES = 32;

  private final Connection connection;
  private final String source;
  private final String inHand;
  private final String suspect;

  /**
   * @param infix of the tables' names, behind {@code picklift_}
   */
  InHandTable(Connection connection, String source, String infix) {
    this.connection = connection;
    this.source = source;
    inHand = "picklift_" + infix + "in_hand";
    suspect = "picklift_" + infix + "suspect";
  }

  /**
   * What a thread had in hand.
   *
   * @param worker the process; null for one that held the target's lock
   */
  record Note(String slot, @Nullable String worker, boolean isAlone, List<byte[]> keyHashes) {}

  int note(String slot, @Nullable String worker, boolean isAlone, byte[] keyHashes)
      throws SQLException {
    String sql =
        """
        INSERT INTO %s (source_table, slot, is_alone, key_hashes, worker) VALUES (?, ?, ?, %s, ?)
        ON DUPLICATE KEY UPDATE is_alone = VALUES(is_alone), key_hashes = VALUES(key_hashes)
        """
            .formatted(inHand, HashLiterals.of(keyHashes));
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, source);
      insert.setString(2, slot);
      insert.setBoolean(3, isAlone);
      insert.setString(4, worker);
      return insert.executeUpdate();
    }
  }

  /** All that is noted. */
  List<Note> notes() throws SQLException {
    String sql =
        "SELECT slot, worker, is_alone, key_hashes FROM %s WHERE source_table = ? FOR UPDATE"
            .formatted(inHand);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      List<Note> notes = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          notes.add(
              new Note(
                  row.getString(1), row.getString(2), row.getBoolean(3), cut(row.getBytes(4))));
        }
      }
      return notes;
    }
  }

  /** The worker processes that have something in hand by what is noted. */
  Set<String> workers() throws SQLException {
    String sql =
        "SELECT DISTINCT worker FROM %s WHERE source_table = ? AND worker IS NOT NULL"
            .formatted(inHand);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      Set<String> workers = new HashSet<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          workers.add(row.getString(1));
        }
      }
      return workers;
    }
  }

  private static List<byte[]> cut(byte[] joined) {
    List<byte[]> hashes = new ArrayList<>();
    for (int from = 0; from + HASH_BYTES <= joined.length; from += HASH_BYTES) {
      hashes.add(Arrays.copyOfRange(joined, from, from + HASH_BYTES));
    }
    return hashes;
  }

  /** Enters saves that a process died with; only who was alone may be the reason. */
  void suspect(List<byte[]> keyHashes, boolean wereAlone) throws SQLException {
    String sql =
        """
        INSERT INTO %s (source_table, key_sha256, deaths) VALUES (?, ?, ?)
        ON DUPLICATE KEY UPDATE deaths = deaths + VALUES(deaths)
        """
            .formatted(suspect);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (byte[] hash : keyHashes) {
        insert.setString(1, source);
        insert.setBytes(2, hash);
        insert.setInt(3, wereAlone ? 1 : 0);
        insert.executeUpdate();
      }
    }
  }

  Map<String, Integer> suspects() throws SQLException {
    String sql = "SELECT key_sha256, deaths FROM " + suspect + " WHERE source_table = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      Map<String, Integer> suspects = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          suspects.put(HexFormat.of().formatHex(row.getBytes(1)), row.getInt(2));
        }
      }
      return suspects;
    }
  }

  void clearNotes() throws SQLException {
    delete("DELETE FROM " + inHand + " WHERE source_table = ?");
  }

  void clearNotes(String slot) throws SQLException {
    String sql = "DELETE FROM " + inHand + " WHERE source_table = ? AND slot = ?";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setString(1, source);
      delete.setString(2, slot);
      delete.executeUpdate();
    }
  }

  void clearSuspects() throws SQLException {
    delete("DELETE FROM " + suspect + " WHERE source_table = ?");
  }

  private void delete(String sql) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setString(1, source);
      delete.executeUpdate();
    }
  }
}
