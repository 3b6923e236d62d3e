package io.picklift.schema.mapping;

import io.picklift.schema.edits.EditRulesReader;
import io.picklift.schema.yaml.ConfigurationException;
import io.picklift.schema.yaml.YamlMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the columns of a table in {@code mapping.yaml}. */
final class ColumnReader {
  private static final Set<String> COLUMN_KEYS =
      Set.of(
          "path",
          "type",
          "references",
          "aka",
          "default",
          "index",
          "unique",
          "unfit",
          "zone",
          "offset",
          "only",
          "kind",
          "dtype",
          "shape",
          "class",
          "required",
          "comment",
          "on_new",
          "document",
          "of",
          EditRulesReader.ON_MISSING);

  private ColumnReader() {}

  /**
   * Reads a column that holds values.
   *
   * @param outer what the table says of values that do not fit
   * @param places names of the places of the table's tuples
   */
  static ColumnMapping read(YamlMap columns, String name, UnfitPolicy outer, PlaceNames places)
      throws ConfigurationException {
    Identifiers.check(columns, name, name);
    Node node = columns.require(name);
    if (node instanceof ScalarNode scalar) {
      if (scalar.getValue().isEmpty()) {
        throw columns.error(name, "column " + name + " has no type");
      }
      ColumnType type = MappingReader.type(columns, name, scalar.getValue());
      return new ColumnMapping(
          name,
          type,
          null,
          places.places(ValuePath.of(name)),
          List.of(),
          null,
          false,
          false,
          outer,
          ColumnOptions.NONE,
          false,
          null,
          columns.line(name));
    }
    YamlMap map = columns.map(name, "column " + name);
    map.allow(COLUMN_KEYS);
    if (map.has("class")) {
      map.allow(Set.of("path", "class", "on_new"));
      if (!map.flag("class")) {
        throw map.error("class", "class must be true");
      }
      String of = map.text("path");
      ValuePath path = of == null ? ValuePath.of(name) : MappingReader.path(map, "path", of);
      return ofClass(name, places.places(path), outer, columns.line(name));
    }
    String typeText = map.text("type");
    String references = map.text("references");
    if ((typeText == null) == (references == null)) {
      throw columns.error(name, "column " + name + " must have exactly one of type and references");
    }
    ColumnType type =
        typeText == null ? TableMapping.ORDINAL_TYPE : MappingReader.type(map, "type", typeText);
    String pathText = map.text("path");
    ValuePath path =
        places.places(
            pathText == null ? ValuePath.of(name) : MappingReader.path(map, "path", pathText));
    List<ValuePath> aka = new ArrayList<>();
    for (String older : map.texts("aka")) {
      aka.add(places.places(MappingReader.path(map, "aka", older)));
    }
    Object defaultValue = null;
    String defaultText = map.text("default");
    if (defaultText != null) {
      if (references != null) {
        throw map.error("default", "column " + name + ": a reference has no default");
      }
      try {
        defaultValue = DefaultValues.parse(type, defaultText);
      } catch (IllegalArgumentException e) {
        throw map.error("default", "column " + name + ": " + e.getMessage());
      }
    }
    boolean required = map.flag("required");
    if (required && (map.has("kind") || "residue".equals(map.text("unfit")))) {
      String other = map.has("kind") ? "kind" : "unfit";
      throw map.error(
          "required",
          "column " + name + ": required leaves no NULL, which " + other + " would make");
    }
    return new ColumnMapping(
        name,
        type,
        references,
        path,
        aka,
        defaultValue,
        map.flag("index"),
        map.flag("unique"),
        required ? UnfitPolicy.QUARANTINE : MappingReader.unfit(map, outer),
        new OptionsReader(map, name).read(type, references),
        required,
        map.text("comment"),
        columns.line(name));
  }

  /** A column of the name of an object's class. */
  static ColumnMapping ofClass(String name, ValuePath path, UnfitPolicy unfit, int line) {
    return new ColumnMapping(
        name,
        TableMapping.CLASS_TYPE,
        null,
        path,
        List.of(),
        null,
        false,
        false,
        unfit,
        ColumnOptions.CLASS,
        false,
        null,
        line);
  }
}
