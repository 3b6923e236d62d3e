package io.picklift.app.evolve;

import io.picklift.app.config.Config;
import io.picklift.app.target.TargetMappings;
import io.picklift.app.target.TargetTables;
import io.picklift.codec.Limits;
import io.picklift.schema.evolve.FormerMapping;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The tables that a target has now, by the mapping that it keeps. */
final class FormerTables {
  private static final String FILE = "the target's mapping";

  private FormerTables() {}

  /**
   * Reads them.
   *
   * @throws ConfigurationException if the target has no saves, or not of one mapping and source
   */
  static TargetTables of(Connection connection, Config config, Limits limits) throws SQLException {
    List<TargetMappings.Kept> kept = TargetMappings.kept(connection);
    if (kept.isEmpty()) {
      throw new ConfigurationException(
          "the target has no migrated save: any mapping can be migrated into it");
    }
    TargetMappings.Kept first = kept.get(0);
    if (kept.stream().anyMatch(other -> !other.written().equals(first.written()))) {
      throw new ConfigurationException("the target's saves are of several mappings");
    }
    checkSource(connection, config.source().label());
    return of(config, first, limits);
  }

  /** Those of a mapping that the target keeps. */
  static TargetTables of(Config config, TargetMappings.Kept kept, Limits limits) {
    try {
      Mapping mapping = FormerMapping.parse(FILE, kept.yaml(), kept.written());
      return TargetTables.former(mapping, kept.yaml(), config.source(), limits);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }

  /** Rows of all sources lie in the same tables. */
  private static void checkSource(Connection connection, String source) throws SQLException {
    String sql =
        "SELECT source_table FROM picklift_save WHERE status = 'migrated' AND source_table <> ?"
            + " LIMIT 1";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        if (row.next()) {
          throw new ConfigurationException(
              "the target has saves of the source '"
                  + row.getString(1)
                  + "' as well, and the configuration is of '"
                  + source
                  + "' alone");
        }
      }
    }
  }
}
