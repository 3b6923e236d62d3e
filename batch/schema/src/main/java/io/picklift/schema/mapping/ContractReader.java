package io.picklift.schema.mapping;

import io.picklift.schema.yaml.ConfigurationException;
import io.picklift.schema.yaml.YamlMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a mapping says of things it does not know. */
final class ContractReader {
  static final String ON_NEW = "on_new";
  static final String CLASSES = "classes";
  static final String RESIDUE = "residue";

  private final Map<String, Contract.OfTable> tables = new HashMap<>();

  /** Reads what a table and its columns say. */
  void table(String name, YamlMap map, List<ValuePath> residue) throws ConfigurationException {
    Map<String, OnNew> columns = new HashMap<>();
    if (map.has("columns")) {
      YamlMap list = map.map("columns", "the columns of " + name);
      for (String column : list.keys()) {
        if (list.isMap(column)) {
          OnNew own = onNew(list.map(column, "column " + column));
          if (own != null) {
            columns.put(column, own);
          }
        }
      }
    }
    tables.put(name, new Contract.OfTable(onNew(map), residue, columns));
  }

  Contract read(YamlMap file) throws ConfigurationException {
    OnNew all = onNew(file);
    return new Contract(all == null ? OnNew.RESIDUE : all, Set.copyOf(file.texts(CLASSES)), tables);
  }

  private static @Nullable OnNew onNew(YamlMap map) throws ConfigurationException {
    String text = map.text(ON_NEW);
    if (text == null) {
      return null;
    }
    OnNew read = OnNew.of(text);
    if (read == null) {
      throw map.error(ON_NEW, "on_new must be freeze, quarantine or residue, not " + text);
    }
    return read;
  }
}
