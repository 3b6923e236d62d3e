package io.picklift.schema.draft;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.MappingSchema;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.SaveStatistics;
import io.picklift.schema.tables.rows.Ddl;
import io.picklift.schema.yaml.ConfigurationException;
import java.util.ArrayList;
import java.util.List;

/** Writes the mapping for what a profile shows, and its tables' DDL. */
public final class MappingGenerator {
  private MappingGenerator() {}

  /** The text of {@code mapping.yaml}; the same profile gives the same text. */
  public static String mapping(Profile profile) {
    return MappingText.write(new TableBuilder(profile).build(), heading(profile));
  }

  private static List<String> heading(Profile profile) {
    SaveStatistics saves = profile.saves();
    List<String> lines = new ArrayList<>();
    lines.add(MappingSchema.MODELINE);
    lines.add(
        "Made by picklift profile from "
            + saves.count()
            + (saves.count() == 1 ? " save" : " saves")
            + (saves.isSample() ? ", a sample" : "")
            + ". MAPPING.md explains the file; correct it as you like.");
    long refused = saves.refused().values().stream().mapToLong(Long::longValue).sum();
    if (refused > 0) {
      lines.add(refused + " more could not be read and would be quarantined: " + saves.refused());
    }
    return lines;
  }

  /**
   * The text of {@code tables.sql}.
   *
   * @throws ConfigurationException where the mapping does not hold together
   */
  public static String sql(String mapping) throws ConfigurationException {
    StringBuilder sql = new StringBuilder();
    for (String statement : Ddl.statements(Mapping.parse("mapping.yaml", mapping))) {
      sql.append(sql.isEmpty() ? "" : "\n").append(statement).append(";\n");
    }
    return sql.toString();
  }
}
