package io.picklift.app.birth;

import io.picklift.app.target.MappedTables;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.error.LimitException;
import io.picklift.schema.tables.template.Template;
import io.picklift.schema.tables.template.TemplateSearch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a save that was born in the tables is made like. For one thread. */
public final class BirthTemplates {
  private final MappedTables tables;
  private String token = "";
  private @Nullable Like like;

  /** What the target has that parts of saves are made like, by their protocol. */
  private final Map<Integer, List<byte[]>> parts = new HashMap<>();

  private final Map<Integer, Template> made = new HashMap<>();
  private String partsToken = "";

  public BirthTemplates(MappedTables tables) {
    this.tables = tables;
  }

  /**
   * What a save is made like.
   *
   * @param recipe of its encodings
   */
  public record Like(Template template, String recipe) {}

  /**
   * What this save is made like; null of one that was migrated.
   *
   * @throws DamagedException if the target does not have that
   */
  public @Nullable Like of(Connection connection, long saveId)
      throws SQLException, DamagedException, LimitException {
    String sql =
        """
        SELECT source_table, mapping_sha256 FROM picklift_save
        WHERE save_id = ? AND restored_as = 'born'
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, saveId);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? of(connection, row.getString(1), row.getBytes(2)) : null;
      }
    }
  }

  /**
   * What new parts of a migrated save are made like; null where the target does not have that.
   *
   * @param protocol of the save
   * @throws DamagedException if what it has is damaged
   */
  public @Nullable Template ofParts(Connection connection, long saveId, int protocol)
      throws SQLException, DamagedException, LimitException {
    String sql = "SELECT source_table, mapping_sha256 FROM picklift_save WHERE save_id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, saveId);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? ofParts(connection, row.getString(1), row.getBytes(2), protocol) : null;
      }
    }
  }

  private @Nullable Template ofParts(
      Connection connection, String source, byte[] mappingSha256, int protocol)
      throws SQLException, DamagedException, LimitException {
    String now = KeptTemplate.token(connection, source);
    String version = now + " " + HexFormat.of().formatHex(mappingSha256);
    if (!version.equals(partsToken)) {
      parts.clear();
      partsToken = version;
      KeptTemplate kept = now == null ? null : KeptTemplate.find(connection, source);
      if (kept != null && Arrays.equals(kept.mappingSha256(), mappingSha256)) {
        for (byte[] residue : kept.residues()) {
          int of = TemplateSearch.protocol(residue, tables.limits());
          parts.computeIfAbsent(of, k -> new ArrayList<>()).add(residue);
        }
      }
      made.clear();
    }
    List<byte[]> residues = parts.get(protocol);
    Template known = made.get(protocol);
    if (known == null && residues != null) {
      known = tables.template(residues);
      made.put(protocol, known);
    }
    return known;
  }

  /** Whether a save was born in the tables. */
  public static boolean isBorn(Connection connection, long saveId) throws SQLException {
    String sql = "SELECT 1 FROM picklift_save WHERE save_id = ? AND restored_as = 'born'";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, saveId);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private Like of(Connection connection, String source, byte[] mappingSha256)
      throws SQLException, DamagedException, LimitException {
    Like found = find(connection, source, mappingSha256);
    if (found == null) {
      throw new DamagedException(
          "picklift_template has nothing for the save's mapping: run cutover, which finds what new"
              + " saves are made like");
    }
    return found;
  }

  private @Nullable Like find(Connection connection, String source, byte[] mappingSha256)
      throws SQLException, DamagedException, LimitException {
    String now = KeptTemplate.token(connection, source);
    Like known = like;
    if (known != null && token.equals(now)) {
      return known;
    }
    KeptTemplate kept = KeptTemplate.find(connection, source);
    if (kept == null || !Arrays.equals(kept.mappingSha256(), mappingSha256)) {
      return null;
    }
    List<byte[]> residues = new ArrayList<>();
    for (byte[] residue : kept.residues()) {
      if (TemplateSearch.protocol(residue, tables.limits()) == kept.protocol()) {
        residues.add(residue);
      }
    }
    Like found = new Like(tables.template(residues), kept.recipe());
    like = found;
    token = kept.token();
    return found;
  }
}
