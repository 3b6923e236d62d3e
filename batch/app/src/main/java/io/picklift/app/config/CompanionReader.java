package io.picklift.app.config;

import io.picklift.app.config.CompanionConfig.Column;
import io.picklift.app.config.CompanionConfig.Index;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.yaml.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the section {@code companions}. */
final class CompanionReader {
  /** A column beside another one has its name and one of these. */
  private static final List<String> BESIDE = List.of("_text", "_bytes");

  private static final Set<String> KEYS =
      new LinkedHashSet<>(List.of("from", "key", "columns", "indexes"));
  private static final Set<String> COLUMN =
      new LinkedHashSet<>(List.of("from", "type", "required"));

  /** Names that need no quotes; longer ones leave no room for the column beside. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]{0,57}");

  private CompanionReader() {}

  static List<CompanionConfig> read(Section top) {
    if (!top.has("companions")) {
      return List.of();
    }
    Section section = top.section("companions", null);
    List<CompanionConfig> all = new ArrayList<>();
    for (String name : section.keys()) {
      name(section, name, name, "table");
      if (name.toLowerCase(Locale.ROOT).startsWith("picklift_")
          || name.equalsIgnoreCase("save_sequence")) {
        throw section.error(name, "'" + name + "': names of Picklift's own tables are taken");
      }
      all.add(companion(name, section.section(name, KEYS), section.line(name)));
    }
    return all;
  }

  private static CompanionConfig companion(String name, Section section, int line) {
    List<String> key = section.texts("key");
    if (Set.copyOf(key).size() < key.size()) {
      throw section.error("key", "'key' names a column twice");
    }
    key.forEach(column -> name(section, "key", column, "column"));
    Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    taken.addAll(key);
    List<Column> columns = columns(section.section("columns", null), taken);
    return new CompanionConfig(
        name,
        section.has("from") ? section.text("from") : name,
        key,
        columns,
        indexes(section, key, columns),
        section.file(),
        line);
  }

  private static List<Column> columns(Section section, Set<String> taken) {
    List<Column> columns = new ArrayList<>();
    for (String name : section.keys()) {
      name(section, name, name, "column");
      if (!taken.add(name)) {
        throw section.error(name, "'" + name + "' is in the table already: its key is");
      }
      for (String ending : BESIDE) {
        if (!taken.add(name + ending)) {
          throw section.error(
              name, "'" + name + ending + "' is kept for values that '" + name + "' cannot hold");
        }
      }
      columns.add(column(section, name));
    }
    return columns;
  }

  private static Column column(Section section, String name) {
    if (section.isText(name)) {
      return new Column(name, name, type(section, name), false, section.line(name));
    }
    Section column = section.section(name, COLUMN);
    String required = column.has("required") ? column.text("required") : "false";
    if (!required.equals("true") && !required.equals("false")) {
      throw column.error("required", "'required' is true or false");
    }
    return new Column(
        name,
        column.has("from") ? column.text("from") : name,
        type(column, "type"),
        required.equals("true"),
        section.line(name));
  }

  private static ColumnType type(Section section, String key) {
    try {
      return ColumnType.parse(section.text(key));
    } catch (IllegalArgumentException e) {
      throw section.error(key, "'" + key + "': " + e.getMessage());
    }
  }

  private static List<Index> indexes(Section section, List<String> key, List<Column> columns) {
    List<Index> indexes = new ArrayList<>();
    if (!section.has("indexes")) {
      return indexes;
    }
    List<String> known = new ArrayList<>(key);
    columns.forEach(column -> known.add(column.name()));
    for (List<String> names : section.lists("indexes")) {
      for (String name : names) {
        if (!known.contains(name)) {
          throw section.error(
              "indexes",
              "'indexes': there is no column '" + name + "'" + NearestName.hint(name, known));
        }
        columns.stream()
            .filter(column -> column.name().equals(name) && !column.type().isIndexable())
            .forEach(
                column -> {
                  throw section.error(
                      "indexes",
                      "'indexes': '"
                          + name
                          + "' is "
                          + column.type()
                          + ", which no index takes whole");
                });
      }
      if (Set.copyOf(names).size() < names.size()) {
        throw section.error("indexes", "'indexes' names a column twice in one index");
      }
      indexes.add(new Index(names));
    }
    return indexes;
  }

  private static void name(Section section, String key, String name, String what) {
    if (!NAME.matcher(name).matches()) {
      throw section.error(
          key, "'" + name + "' cannot be a " + what + ": 1 to 58 letters, digits and _");
    }
  }
}
