package io.picklift.schema.generate;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.profile.Profile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Columns of a mapping whose path no save has, and tables without a row: mistakes that only the
 * saves tell. A line each, with where it stands in the mapping and the nearest name that saves do
 * have.
 */
public final class MissingPaths {
  private MissingPaths() {}

  /** What none of the profile's saves has. */
  public static List<String> of(Profile profile, Mapping mapping) {
    Coverage coverage = new Coverage(profile, mapping);
    Set<String> found = new HashSet<>();
    coverage
        .columns()
        .forEach(
            (column, places) -> {
              if (!places.isEmpty()) {
                found.add(name(coverage.table(column), column));
              }
            });
    return lines(coverage, mapping, found);
  }

  /**
   * What no save has.
   *
   * @param profile of some saves, for the names that they have
   * @param found what some save has, as {@code table.column}
   */
  public static List<String> of(Profile profile, Mapping mapping, Set<String> found) {
    return lines(new Coverage(profile, mapping), mapping, found);
  }

  private static List<String> lines(Coverage coverage, Mapping mapping, Set<String> found) {
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
            missing.add(line(mapping, from.line(), what));
          }
        }
      }
      if (columns > 1 && missing.size() == columns) {
        lines.add(line(mapping, table.line(), table.name() + coverage.hint(table)));
      } else {
        lines.addAll(missing);
      }
    }
    return lines;
  }

  private static String name(TableMapping table, StoredColumn column) {
    return table.name() + "." + column.name();
  }

  private static String line(Mapping mapping, int line, String what) {
    return mapping.file() + ":" + line + ": no save has " + what;
  }
}
