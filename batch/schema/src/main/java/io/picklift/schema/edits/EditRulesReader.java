package io.picklift.schema.edits;

import io.picklift.schema.yaml.ConfigurationException;
import io.picklift.schema.yaml.YamlMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a mapping says of rows that come and go. */
public final class EditRulesReader {
  public static final String ON_MISSING = "on_missing";
  public static final String NEW = "new";

  private final Map<String, EditRules.OfTable> tables = new HashMap<>();

  /** Reads what a table and its columns say. */
  public void table(String name, YamlMap map) throws ConfigurationException {
    OnMissing own = onMissing(map);
    if (own != null && !map.has("class")) {
      throw map.error(
          ON_MISSING, "table " + name + ": on_missing goes with class, whose rows others refer to");
    }
    Map<String, OnMissing> columns = columns(map, name);
    Map<String, NewValue> values = new LinkedHashMap<>();
    if (map.has(NEW)) {
      YamlMap list = map.map(NEW, "new of table " + name);
      for (String path : list.keys()) {
        values.put(path, NewValues.read(list, path, list.require(path)));
      }
    }
    if (own != null || !columns.isEmpty() || !values.isEmpty()) {
      tables.put(name, new EditRules.OfTable(own, columns, values));
    }
  }

  private static Map<String, OnMissing> columns(YamlMap map, String name)
      throws ConfigurationException {
    Map<String, OnMissing> columns = new HashMap<>();
    YamlMap list = map.has("columns") ? map.map("columns", "the columns of " + name) : null;
    for (String column : list == null ? java.util.Set.<String>of() : list.keys()) {
      YamlMap of = list != null && list.isMap(column) ? list.map(column, "column " + column) : null;
      OnMissing own = of == null ? null : onMissing(of);
      if (of != null && own != null && !of.has("references")) {
        throw of.error(ON_MISSING, "column " + column + ": on_missing goes with references");
      }
      if (own != null) {
        columns.put(column, own);
      }
    }
    return columns;
  }

  public EditRules read() {
    return tables.isEmpty() ? EditRules.NONE : new EditRules(tables);
  }

  private static @Nullable OnMissing onMissing(YamlMap map) throws ConfigurationException {
    String text = map.text(ON_MISSING);
    if (text == null) {
      return null;
    }
    OnMissing read = OnMissing.of(text);
    if (read == null) {
      throw map.error(ON_MISSING, "on_missing must be error, null or drop, not " + text);
    }
    return read;
  }
}
