package io.picklift.schema.mapping;

import io.picklift.schema.yaml.ConfigurationException;
import io.picklift.schema.yaml.YamlMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a table's {@code fields} call the places of its tuples. Paths that use the names are read as
 * places: names are for people alone, and the mapping is the same without them.
 */
final class PlaceNames {
  static final PlaceNames NONE = new PlaceNames();

  /** The names of the members of the tuple at a path, which has places in place of names. */
  private final Map<ValuePath, List<String>> byPath = new HashMap<>();

  private PlaceNames() {}

  /** Reads {@code fields}: names of the row's own places, or by path those of tuples in it. */
  static PlaceNames read(YamlMap table, String name) throws ConfigurationException {
    if (!table.has("fields")) {
      return NONE;
    }
    PlaceNames names = new PlaceNames();
    if (table.isList("fields")) {
      names.byPath.put(ValuePath.SELF, table.texts("fields"));
      return names;
    }
    YamlMap paths = table.map("fields", "the fields of " + name);
    for (String path : paths.keys()) {
      try {
        names.byPath.put(names.places(ValuePath.parse(path)), paths.texts(path));
      } catch (IllegalArgumentException e) {
        throw paths.error(path, String.valueOf(e.getMessage()));
      }
    }
    return names;
  }

  /** A path with the places that its names stand for. */
  ValuePath places(ValuePath path) {
    if (byPath.isEmpty()) {
      return path;
    }
    List<ValuePath.Step> steps = new ArrayList<>();
    for (ValuePath.Step step : path.steps()) {
      List<String> names = byPath.getOrDefault(new ValuePath(steps), List.of());
      int place = step instanceof ValuePath.Name name ? names.indexOf(name.name()) : -1;
      steps.add(place < 0 ? step : new ValuePath.Place(place));
    }
    return new ValuePath(steps);
  }
}
