package io.picklift.schema.draft;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.MappingSchema;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.SaveStatistics;
import io.picklift.schema.tables.rows.Ddl;
import io.picklift.schema.yaml.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Writes the mapping for what a profile shows, and its tables' DDL. */
public final class MappingGenerator {
  private MappingGenerator() {}

  /**
   * A first mapping.
   *
   * @param text of {@code mapping.yaml}
   * @param notes what it leaves out for want of room, a line each
   */
  public record First(String text, List<String> notes) {
    public First {
      notes = List.copyOf(notes);
    }
  }

  /** The text of {@code mapping.yaml}; the same profile gives the same text. */
  public static String mapping(Profile profile) {
    return first(profile).text();
  }

  /** The same, and what to tell of it. */
  public static First first(Profile profile) {
    List<TableDraft> tables = new TableBuilder(profile).build();
    Set<String> others = new TreeSet<>(profile.classes().keySet());
    others.addAll(new ReferenceSites(profile).heldClasses());
    for (TableDraft table : tables) {
      if (table.source instanceof TableDraft.OfClass of) {
        of.classes().forEach(others::remove);
        of.aka().forEach(others::remove);
      }
    }
    return new First(
        MappingText.write(tables, heading(profile), profile.exactCollation(), List.copyOf(others)),
        tables.stream().flatMap(table -> table.notes.stream()).toList());
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
    return Ddl.script(Mapping.parse("mapping.yaml", mapping));
  }
}
