package io.picklift.app.account;

import io.picklift.app.target.LedgerEntry;
import io.picklift.app.target.MappedTables;
import io.picklift.app.target.TargetTables;
import io.picklift.app.target.archive.ArchivedSave;
import io.picklift.app.target.archive.DamagedArchiveException;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.drift.MissingPaths;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ProfileLimits;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.walk.Profiler;
import io.picklift.schema.tables.rows.SqlNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Columns of the mapping whose path no save has, each with the nearest name that saves have. */
public final class MissingColumns {
  /** The newest saves, restored from the target: enough for the names of what most saves have. */
  private static final int LOOKED_AT = 10;

  private MissingColumns() {}

  /** A line each, with file and line of the mapping, or of the adapter that computes the column. */
  public static List<String> lines(
      Connection connection, String source, TargetTables mapped, Set<String> found)
      throws SQLException {
    List<String> lines = new ArrayList<>(ofMapping(connection, source, mapped, found));
    lines.addAll(mapped.adapters(withValues(connection, mapped.mapping(), found)));
    return lines;
  }

  /** With the computed columns that have values: older builds noted none of them as found. */
  private static Set<String> withValues(Connection connection, Mapping mapping, Set<String> found)
      throws SQLException {
    Set<String> all = new HashSet<>(found);
    for (TableMapping table : mapping.tables()) {
      for (StoredColumn column : table.stored()) {
        String name = table.name() + "." + column.name();
        if (column.role() == StoredColumn.Role.COMPUTED && !all.contains(name)) {
          String sql =
              "SELECT 1 FROM %s WHERE %s IS NOT NULL LIMIT 1"
                  .formatted(SqlNames.quote(table.name()), SqlNames.quote(column.name()));
          try (PreparedStatement select = connection.prepareStatement(sql);
              ResultSet row = select.executeQuery()) {
            if (row.next()) {
              all.add(name);
            }
          }
        }
      }
    }
    return all;
  }

  private static List<String> ofMapping(
      Connection connection, String source, TargetTables mapped, Set<String> found)
      throws SQLException {
    Mapping mapping = mapped.mapping();
    Profile profile = new Profile(ProfileLimits.defaults());
    if (MissingPaths.of(profile, mapping, found, Set.of()).isEmpty()) {
      return List.of();
    }
    MappedTables tables = mapped.tables();
    List<Long> newest = newest(connection, source);
    if (newest.isEmpty()) {
      return List.of();
    }
    for (long saveId : newest) {
      add(profile, tables, connection, saveId);
    }
    return MissingPaths.of(profile.finish(), mapping, found, withRows(connection, mapping));
  }

  /**
   * What is plainly misspelt, as far as some saves tell: classes of the mapping, and paths of the
   * source's columns that are copies.
   *
   * @param copies the source's columns, with their paths
   */
  public static List<String> misspelt(
      Connection connection, String source, TargetTables mapped, Map<String, String> copies)
      throws SQLException {
    List<Long> newest = newest(connection, source);
    // More saves have more names, and mostly one of them has all that the mapping asks for.
    List<String> ofOne = misspelt(connection, newest.stream().limit(1).toList(), mapped, copies);
    return ofOne != null && ofOne.isEmpty()
        ? ofOne
        : Objects.requireNonNullElse(misspelt(connection, newest, mapped, copies), List.of());
  }

  /** Null where none of the saves can be restored. */
  private static @Nullable List<String> misspelt(
      Connection connection, List<Long> saveIds, TargetTables mapped, Map<String, String> copies)
      throws SQLException {
    Profile profile = new Profile(ProfileLimits.defaults());
    for (long saveId : saveIds) {
      add(profile, mapped.tables(), connection, saveId);
    }
    profile.finish();
    if (profile.saves().count() == 0) {
      return null;
    }
    Mapping mapping = mapped.mapping();
    List<String> lines =
        new ArrayList<>(MissingPaths.misspelt(profile, mapping, withRows(connection, mapping)));
    Map<String, String> named = new TreeMap<>();
    copies.forEach((column, path) -> named.put("source.columns." + column, path));
    lines.addAll(MissingPaths.ofRoot(profile, named));
    return lines;
  }

  /** The tables that some save has rows in, though perhaps none of their columns. */
  private static Set<String> withRows(Connection connection, Mapping mapping) throws SQLException {
    Set<String> tables = new HashSet<>();
    for (TableMapping table : mapping.tables()) {
      String sql = "SELECT 1 FROM %s LIMIT 1".formatted(SqlNames.quote(table.name()));
      try (PreparedStatement select = connection.prepareStatement(sql);
          ResultSet row = select.executeQuery()) {
        if (row.next()) {
          tables.add(table.name());
        }
      }
    }
    return tables;
  }

  /** A save that cannot be restored gives no names; verify says what is wrong with it. */
  private static void add(Profile profile, MappedTables tables, Connection connection, long saveId)
      throws SQLException {
    try {
      ArchivedSave archive = ArchivedSave.find(connection, saveId);
      if (archive == null) {
        return;
      }
      SaveGraph graph = tables.read(connection, saveId, archive.residue());
      SaveFacts facts = new SaveFacts(String.valueOf(saveId), saveId, null, List.of(), 0, 0);
      new Profiler(profile).add(Meaning.of(graph, tables.limits()), facts);
    } catch (DamagedArchiveException | MappedTables.RestoreException | LimitException e) {
      // As good as a save that is not among the newest.
    }
  }

  private static List<Long> newest(Connection connection, String source) throws SQLException {
    String sql =
        """
        SELECT save_id FROM picklift_save WHERE source_table = ? AND status = ?
        ORDER BY save_id DESC LIMIT %d
        """
            .formatted(LOOKED_AT);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      select.setString(2, LedgerEntry.Status.MIGRATED.label());
      List<Long> ids = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ids.add(row.getLong(1));
        }
      }
      return ids;
    }
  }
}
