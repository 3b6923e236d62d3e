package io.picklift.schema.evolve;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.yaml.ConfigurationException;
import java.util.HashSet;
import java.util.Set;

/**
 * A mapping as a target keeps it: its {@code mapping.yaml}, and the canonical written form, which
 * alone has the columns that adapters computed at the time. Nothing of an adapter is needed to read
 * it.
 */
public final class FormerMapping {
  private FormerMapping() {}

  /**
   * Reads it.
   *
   * @param file for messages
   * @throws ConfigurationException if the two do not agree: this Picklift reads the file otherwise
   *     than the one that kept it
   */
  public static Mapping parse(String file, String yaml, String written)
      throws ConfigurationException {
    Mapping mapping = Mapping.parse(file, yaml);
    String table = "";
    String column = "";
    String role = "";
    Set<String> indexed = indexed(written);
    for (String line : written.lines().toList()) {
      if (line.startsWith("table ")) {
        table = line.substring("table ".length());
      } else if (line.startsWith("  column ")) {
        column = line.substring("  column ".length());
        role = "";
      } else if (line.startsWith("    role ")) {
        role = line.substring("    role ".length());
      } else if (line.startsWith("    type ") && role.equals("computed")) {
        ColumnType type = ColumnType.parse(line.substring("    type ".length()));
        mapping = mapping.withComputed(table, column, type, indexed.contains(table + " " + column));
      }
    }
    if (!mapping.written().equals(written)) {
      throw new ConfigurationException(
          file
              + ": this Picklift reads the mapping that the target keeps otherwise than the one"
              + " that wrote it; evolve with that one's version first");
    }
    return mapping;
  }

  /** Tables and the columns that alone make an index of theirs. */
  private static Set<String> indexed(String written) {
    Set<String> indexed = new HashSet<>();
    String table = "";
    String on = "";
    int columns = 0;
    for (String line : (written + "end\n").lines().toList()) {
      if (line.startsWith("    on ")) {
        on = line.substring("    on ".length());
        columns++;
        continue;
      }
      if (columns == 1 && !line.equals("    unique")) {
        indexed.add(table + " " + on);
      }
      columns = 0;
      if (line.startsWith("table ")) {
        table = line.substring("table ".length());
      }
    }
    return indexed;
  }
}
