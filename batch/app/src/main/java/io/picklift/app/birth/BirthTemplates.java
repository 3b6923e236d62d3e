package io.picklift.app.birth;

import io.picklift.app.target.MappedTables;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.error.LimitException;
import io.picklift.schema.tables.template.Pickler;
import io.picklift.schema.tables.template.Template;
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

  /** What was read last, by which version of it and under which mapping. */
  private String version = "";

  private @Nullable KeptTemplate kept;

  /** Of the kept saves, by their pickler, what others are made like. */
  private final Map<Pickler, Template> made = new HashMap<>();

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
    if (!isBorn(connection, saveId)) {
      return null;
    }
    KeptTemplate found = kept(connection, saveId);
    Template template =
        found == null
            ? null
            : template(found, Pickler.of(found.residues().get(0), tables.limits()));
    if (found == null || template == null) {
      throw new DamagedException(
          "picklift_template has nothing for the save's mapping: run cutover, which finds what new"
              + " saves are made like");
    }
    return new Like(template, found.recipe());
  }

  /**
   * What new parts of a migrated save are made like; null where the target does not have that.
   *
   * @param residue of the save
   * @throws DamagedException if what it has is damaged
   */
  public @Nullable Template ofParts(Connection connection, long saveId, byte[] residue)
      throws SQLException, DamagedException, LimitException {
    KeptTemplate found = kept(connection, saveId);
    return found == null ? null : template(found, Pickler.of(residue, tables.limits()));
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

  /** What the target has for the source and the mapping of a save; null where it has nothing. */
  private @Nullable KeptTemplate kept(Connection connection, long saveId)
      throws SQLException, DamagedException {
    String sql = "SELECT source_table, mapping_sha256 FROM picklift_save WHERE save_id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, saveId);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? kept(connection, row.getString(1), row.getBytes(2)) : null;
      }
    }
  }

  private @Nullable KeptTemplate kept(
      Connection connection, String source, byte @Nullable [] mappingSha256)
      throws SQLException, DamagedException {
    String token = mappingSha256 == null ? null : KeptTemplate.token(connection, source);
    if (mappingSha256 == null || token == null) {
      return null;
    }
    String now = token + " " + HexFormat.of().formatHex(mappingSha256);
    if (!now.equals(version)) {
      version = "";
      made.clear();
      KeptTemplate found = KeptTemplate.find(connection, source);
      boolean isOfMapping = found != null && Arrays.equals(found.mappingSha256(), mappingSha256);
      kept = isOfMapping ? found : null;
      version = now;
    }
    return kept;
  }

  /** What saves of one pickler are made like; null where none of it is kept. */
  private @Nullable Template template(KeptTemplate of, Pickler pickler)
      throws DamagedException, LimitException {
    Template known = made.get(pickler);
    if (known == null) {
      List<byte[]> residues = new ArrayList<>();
      for (byte[] residue : of.residues()) {
        if (Pickler.of(residue, tables.limits()).equals(pickler)) {
          residues.add(residue);
        }
      }
      if (!residues.isEmpty()) {
        known = tables.template(residues);
        made.put(pickler, known);
      }
    }
    return known;
  }
}
