package io.picklift.schema.mapping;

import io.picklift.schema.yaml.ConfigurationException;
import io.picklift.schema.yaml.YamlMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what the rows of a table are: objects of a class, members of a container, saves. */
final class RowSourceReader {
  private final String file;
  private final Map<String, PlaceNames> places;

  /**
   * @param places what each table calls the places of its tuples
   */
  RowSourceReader(String file, Map<String, PlaceNames> places) {
    this.file = file;
    this.places = places;
  }

  RowSource read(YamlMap map, String name) throws ConfigurationException {
    int sources =
        (map.has("class") ? 1 : 0) + (map.has("each") ? 1 : 0) + (map.has("root") ? 1 : 0);
    if (sources != 1) {
      throw new ConfigurationException(
          file, map.line(), "table " + name + " must have exactly one of class, each and root");
    }
    if (map.has("class")) {
      only(map, name, "class", List.of("owner", "position", "key", "split"));
      List<String> classes = new ArrayList<>(map.texts("class"));
      classes.addAll(map.texts("aka"));
      String classColumn = map.text("class_column");
      if (classColumn != null) {
        Identifiers.check(map, "class_column", classColumn);
      }
      return new RowSource.OfClass(classes, classColumn);
    }
    if (map.has("root")) {
      only(map, name, "root", List.of("owner", "position", "key", "aka", "class_column"));
      if (!map.flag("root")) {
        throw map.error("root", "root must be true");
      }
      return new RowSource.Root(map.texts("split"));
    }
    only(map, name, "each", List.of("aka", "split"));
    return each(map);
  }

  private static void only(YamlMap map, String name, String source, List<String> others)
      throws ConfigurationException {
    for (String other : others) {
      if (map.has(other)) {
        throw map.error(other, "table " + name + ": " + other + " does not go with " + source);
      }
    }
  }

  private RowSource each(YamlMap map) throws ConfigurationException {
    String text = map.text("each");
    String each = text == null ? "" : text;
    int dot = each.indexOf('.');
    int bracket = each.indexOf('[');
    int end = dot < 0 ? bracket : bracket < 0 ? dot : Math.min(dot, bracket);
    String owner = end < 0 ? each : each.substring(0, end);
    ValuePath path = ValuePath.SELF;
    if (end >= 0) {
      path =
          MappingReader.path(
              map, "each", each.charAt(end) == '.' ? each.substring(end + 1) : each.substring(end));
      path = places.getOrDefault(owner, PlaceNames.NONE).places(path);
    }
    String ownerColumn = map.text("owner");
    String position = map.text("position");
    RowSource.KeyColumn key = null;
    if (map.has("key")) {
      YamlMap keyMap = map.map("key", "key");
      keyMap.allow(Set.of("column", "type", "unique", "collation"));
      String column = keyMap.text("column");
      String type = keyMap.text("type");
      if (column == null || type == null) {
        throw map.error("key", "key must have column and type");
      }
      Identifiers.check(keyMap, "column", column);
      ColumnType keyType = MappingReader.type(keyMap, "type", type);
      boolean unique = keyMap.flag("unique");
      if (unique && !keyType.isIndexable()) {
        throw keyMap.error("unique", "key " + column + ": no index on a " + keyType);
      }
      key =
          new RowSource.KeyColumn(
              column,
              keyType,
              unique,
              MappingReader.collation(keyMap, keyType),
              keyMap.line("column"));
    }
    String ownerName = ownerColumn == null ? owner + "_ordinal" : ownerColumn;
    Identifiers.check(map, "owner", ownerName);
    String positionName = position == null ? "position" : position;
    Identifiers.check(map, "position", positionName);
    return new RowSource.Each(owner, path, ownerName, positionName, key);
  }
}
