package io.picklift.app.target;

import io.picklift.app.database.TableNames;
import io.picklift.app.view.SaveCount;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code picklift_mapping}: the text of each mapping that the ledger names by its hash.
 * Never commits.
 */
public final class TargetMappings {
  private static final int WRITTEN_FORM = 1;
  private static final int FIRST_FORM = 0;

  private TargetMappings() {}

  /**
   * Checks that the target's saves are of this mapping, and keeps its text.
   *
   * @param source as the ledger names it
   * @param say is told in one line what an old target lacked
   * @throws ConfigurationException if they are of another
   */
  public static void enter(
      Connection connection, String source, TargetTables mapped, Consumer<String> say)
      throws SQLException {
    check(connection, source, mapped);
    byte[] first = mapped.firstFingerprint();
    byte[] fingerprint = mapped.fingerprint();
    insert(connection, fingerprint, WRITTEN_FORM, mapped);
    update(connection, fingerprint, mapped.yaml());
    if (first != null && uses(connection, source, first)) {
      if (insert(connection, first, FIRST_FORM, mapped)) {
        say.accept(
            "the target was made by an earlier Picklift: the text of its mapping is in"
                + " picklift_mapping now");
      }
      update(connection, first, mapped.yaml());
    }
  }

  /**
   * Checks that the target's saves are of this mapping; changes nothing.
   *
   * @throws ConfigurationException if they are of another
   */
  public static void check(Connection connection, String source, TargetTables mapped)
      throws SQLException {
    checkEvolved(connection);
    byte[] first = mapped.firstFingerprint();
    byte[] fingerprint = mapped.fingerprint();
    long others = others(connection, source, fingerprint, first == null ? fingerprint : first);
    if (others > 0) {
      throw new ConfigurationException(
          SaveCount.of(others, "of the target was", "of the target were")
              + " migrated with another mapping; picklift evolve converts"
              + " them to this one");
    }
  }

  /** Between the change of the tables' names and the end, rows and residues do not fit together. */
  private static void checkEvolved(Connection connection) throws SQLException {
    if (!TableNames.isThere(connection, "picklift_evolution")) {
      return;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT 1 FROM picklift_evolution WHERE state = 'swapping' LIMIT 1")) {
      if (row.next()) {
        throw new ConfigurationException(
            "an evolve was interrupted while it swapped the tables: run the same command again, be it"
                + " evolve --mapping or evolve --back");
      }
    }
  }

  /** Keeps the text of a mapping that saves are about to be taken to. */
  public static void keep(Connection connection, TargetTables mapped) throws SQLException {
    insert(connection, mapped.fingerprint(), WRITTEN_FORM, mapped);
    update(connection, mapped.fingerprint(), mapped.yaml());
  }

  /** A mapping that the target keeps; null where it has none of that name. */
  public static @Nullable Kept find(Connection connection, byte[] sha256) throws SQLException {
    String sql = "SELECT mapping_yaml, written FROM picklift_mapping WHERE mapping_sha256 = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setBytes(1, sha256);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? new Kept(sha256, row.getString(1), row.getString(2)) : null;
      }
    }
  }

  /**
   * A mapping that saves of the target were taken apart under.
   *
   * @param sha256 as the ledger names it
   */
  public record Kept(byte[] sha256, String yaml, String written) {}

  /**
   * The mappings of the migrated saves, by what the ledger calls them; empty where there are no
   * saves. A text is there for each, unless an earlier Picklift made the target.
   *
   * @throws ConfigurationException if the target does not have the text of one
   */
  public static List<Kept> kept(Connection connection) throws SQLException {
    String sql =
        """
        SELECT s.mapping_sha256, m.mapping_yaml, m.written
        FROM (SELECT DISTINCT mapping_sha256 FROM picklift_save WHERE status = 'migrated') s
        LEFT JOIN picklift_mapping m ON m.mapping_sha256 = s.mapping_sha256
        ORDER BY m.form DESC
        """;
    List<Kept> kept = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        String yaml = row.getString(2);
        if (yaml == null) {
          throw new ConfigurationException(
              "the target was made by an earlier Picklift, which did not keep the text of its"
                  + " mapping: run backfill with that mapping once");
        }
        kept.add(new Kept(row.getBytes(1), yaml, row.getString(3)));
      }
    }
    return kept;
  }

  private static long others(Connection connection, String source, byte[] hash, byte[] otherHash)
      throws SQLException {
    String sql =
        """
        SELECT COUNT(*) FROM picklift_save FORCE INDEX (PRIMARY)
        WHERE source_table = ? AND status = 'migrated' AND mapping_sha256 NOT IN (?, ?)
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      select.setBytes(2, hash);
      select.setBytes(3, otherHash);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  private static boolean uses(Connection connection, String source, byte[] hash)
      throws SQLException {
    String sql =
        """
        SELECT 1 FROM picklift_save FORCE INDEX (PRIMARY)
        WHERE source_table = ? AND mapping_sha256 = ? LIMIT 1
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      select.setBytes(2, hash);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** What a mapping says of rows that come and go may change, and leaves it the same mapping. */
  private static void update(Connection connection, byte[] hash, String yaml) throws SQLException {
    String sql =
        """
        UPDATE picklift_mapping SET mapping_yaml = ?
        WHERE mapping_sha256 = ? AND SHA2(mapping_yaml, 256) <> SHA2(?, 256)
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, yaml);
      update.setBytes(2, hash);
      update.setString(3, yaml);
      update.executeUpdate();
    }
  }

  /** Whether it was not there. */
  private static boolean insert(Connection connection, byte[] hash, int form, TargetTables mapped)
      throws SQLException {
    String sql =
        """
        INSERT IGNORE INTO picklift_mapping (mapping_sha256, form, written, mapping_yaml, first_used)
        VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6))
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setBytes(1, hash);
      insert.setInt(2, form);
      insert.setString(3, mapped.mapping().written());
      insert.setString(4, mapped.yaml());
      return insert.executeUpdate() > 0;
    }
  }
}
