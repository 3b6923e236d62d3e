package io.picklift.schema.drift;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.yaml.ConfigurationException;
import io.picklift.schema.yaml.NearestName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a mapping whose path no save has, and tables without a row: mistakes that only the
 * saves tell. A line each, with where it stands in the mapping and the nearest name that saves do
 * have.
 */
public final class MissingPaths {
  private static final String NO_SAVE = "no save";

  private MissingPaths() {}

  /** What none of the profile's saves has. */
  public static List<String> of(Profile profile, Mapping mapping) {
    MappedPlaces coverage = new MappedPlaces(profile, mapping);
    Set<String> found = new HashSet<>();
    coverage
        .columns()
        .forEach(
            (column, places) -> {
              if (!places.isEmpty()) {
                found.add(name(coverage.table(column), column));
              }
            });
    List<String> lines = classes(profile, mapping, Set.of());
    Set<String> tables = new HashSet<>();
    for (TableMapping table : mapping.tables()) {
      if (classes(table).stream().anyMatch(name -> profile.classes().containsKey(name))) {
        tables.add(table.name());
      }
    }
    lines.addAll(lines(coverage, mapping, found, tables, NO_SAVE));
    return lines;
  }

  /**
   * What no migrated save has; those in quarantine may have it.
   *
   * @param profile of some saves, for the names that they have
   * @param found what some save has, as {@code table.column}
   * @param tables tables that some save has rows in
   */
  public static List<String> of(
      Profile profile, Mapping mapping, Set<String> found, Set<String> tables) {
    return lines(new MappedPlaces(profile, mapping), mapping, found, tables, "no migrated save");
  }

  /**
   * Classes of tables without a row that are nearly named as one that saves have and that no table
   * is of.
   *
   * @param profile of some saves
   * @param tables tables that some save has rows in
   */
  public static List<String> misspelt(Profile profile, Mapping mapping, Set<String> tables) {
    return classes(profile, mapping, tables);
  }

  /**
   * Paths of a root that none of a profile's saves has, a line each with the nearest name.
   *
   * @param paths what they are for, with the path
   */
  public static List<String> ofRoot(Profile profile, Map<String, String> paths) {
    List<String> lines = new ArrayList<>();
    paths.forEach(
        (name, path) -> {
          Mapping one = rootMapping(path);
          if (one != null) {
            MappedPlaces places = new MappedPlaces(profile, one);
            places
                .columns()
                .forEach(
                    (column, found) -> {
                      if (found.isEmpty()) {
                        lines.add(name + ": no save has " + path + places.hint(column));
                      }
                    });
          }
        });
    return lines;
  }

  /** A mapping of that path alone; null where it is none. */
  private static @Nullable Mapping rootMapping(String path) {
    String quoted = path.replace("\\", "\\\\").replace("\"", "\\\"");
    try {
      return Mapping.parse(
          "",
          """
          version: 1
          tables:
            save:
              root: true
              columns:
                copy: {path: "%s", type: JSON}
          """
              .formatted(quoted));
    } catch (ConfigurationException e) {
      return null;
    }
  }

  /** Classes that no save has, where it has one of nearly that name that is not mapped. */
  private static List<String> classes(Profile profile, Mapping mapping, Set<String> withRows) {
    List<String> lines = new ArrayList<>();
    Set<String> unmapped = new TreeSet<>(profile.classes().keySet());
    mapping.tables().forEach(table -> unmapped.removeAll(classes(table)));
    for (TableMapping table : mapping.tables()) {
      for (String name : withRows.contains(table.name()) ? List.<String>of() : classes(table)) {
        String hint = NearestName.hint(name, unmapped);
        // An older name that no save has any more is no mistake.
        if (!profile.classes().containsKey(name) && hint.endsWith("?")) {
          lines.add(line(mapping, table.line(), NO_SAVE, "an object of class " + name + hint));
        }
      }
    }
    return lines;
  }

  private static List<String> lines(
      MappedPlaces coverage, Mapping mapping, Set<String> found, Set<String> tables, String who) {
    List<String> lines = new ArrayList<>();
    for (TableMapping table : mapping.tables()) {
      List<String> missing = new ArrayList<>();
      int columns = 0;
      for (StoredColumn column : table.stored()) {
        var from = column.mapping();
        if (from != null) {
          columns++;
          String name = name(table, column);
          if (!found.contains(name)) {
            String what = name + " (" + from.path() + ")" + coverage.hint(column);
            missing.add(line(mapping, from.line(), who, what));
          }
        }
      }
      if (columns > 1 && missing.size() == columns && !tables.contains(table.name())) {
        lines.add(line(mapping, table.line(), who, table.name() + coverage.hint(table)));
      } else {
        lines.addAll(missing);
      }
    }
    return lines;
  }

  private static List<String> classes(TableMapping table) {
    return table.source() instanceof RowSource.OfClass of ? of.classes() : List.of();
  }

  private static String name(TableMapping table, StoredColumn column) {
    return table.name() + "." + column.name();
  }

  private static String line(Mapping mapping, int line, String who, String what) {
    return mapping.file() + ":" + line + ": " + who + " has " + what;
  }
}
