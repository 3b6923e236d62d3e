package io.picklift.schema.mapping;

import io.picklift.schema.edits.EditRulesReader;
import io.picklift.schema.keys.ForeignKeys;
import io.picklift.schema.yaml.ConfigurationException;
import io.picklift.schema.yaml.YamlMap;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.reader.ReaderException;

/** Reads {@code mapping.yaml}. Every mistake names its line. */
final class MappingReader {
  private static final Set<String> FILE_KEYS =
      Set.of(
          "version", "unfit", "ledger", "foreign_keys", "collation", "tables", "on_new", "classes");
  private static final Set<String> TABLE_KEYS =
      Set.of(
          "class",
          "each",
          "root",
          "split",
          "fields",
          "source",
          "aka",
          "class_column",
          "owner",
          "position",
          "key",
          "columns",
          "indexes",
          "unfit",
          "unfit_column",
          "on_new",
          "residue",
          EditRulesReader.ON_MISSING,
          EditRulesReader.NEW);
  private final String file;

  /** What each table calls the places of its tuples. */
  private final Map<String, PlaceNames> places = new HashMap<>();

  private final ContractReader contract = new ContractReader();
  private final EditRulesReader edits = new EditRulesReader();

  MappingReader(String file) {
    this.file = file;
  }

  Mapping read(String text) throws ConfigurationException {
    YamlMap map = new YamlMap(file, compose(text), "the mapping");
    map.allow(FILE_KEYS);
    if (!"1".equals(map.text("version"))) {
      throw map.error("version", "version must be 1");
    }
    UnfitPolicy unfit = unfit(map, UnfitPolicy.RESIDUE);
    String ledger = map.text("ledger");
    if (ledger != null) {
      Identifiers.check(map, "ledger", ledger);
    }
    ForeignKeys keys = foreignKeys(map, ledger);
    String collation = map.text("collation");
    if (collation != null && !collation.matches("utf8mb4_[a-z0-9_]+")) {
      throw map.error("collation", "collation must be one of utf8mb4");
    }
    YamlMap tables = map.map("tables", "tables");
    if (tables.keys().isEmpty()) {
      throw map.error("tables", "tables names no table");
    }
    for (String name : tables.keys()) {
      places.put(name, PlaceNames.read(tables.map(name, "table " + name), name));
    }
    List<TableMapping> mapped = new ArrayList<>();
    for (String name : tables.keys()) {
      mapped.add(table(tables, name, mapped.size(), unfit));
    }
    Mapping mapping =
        new Mapping(
            file,
            keys == ForeignKeys.NONE || ledger != null ? ledger : Mapping.LEDGER,
            keys,
            collation == null ? Mapping.DEFAULT_COLLATION : collation,
            mapped,
            contract.read(map),
            edits.read());
    new MappingChecks(mapping).run();
    return mapping;
  }

  /** Without a word of them, {@code ledger} alone asks for those that lead to it. */
  private static ForeignKeys foreignKeys(YamlMap map, @Nullable String ledger)
      throws ConfigurationException {
    String text = map.text("foreign_keys");
    if (text == null) {
      return ledger == null ? ForeignKeys.NONE : ForeignKeys.LEDGER;
    }
    ForeignKeys keys = ForeignKeys.of(text);
    if (keys == null) {
      throw map.error("foreign_keys", "foreign_keys must be all, ledger or none, not " + text);
    }
    if (keys == ForeignKeys.NONE && ledger != null) {
      throw map.error(
          "foreign_keys", "ledger asks for foreign keys, and foreign_keys: none for none");
    }
    return keys;
  }

  private Node compose(String text) throws ConfigurationException {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    options.setCodePointLimit(Integer.MAX_VALUE);
    try {
      Node node = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
      if (node == null) {
        throw new ConfigurationException(file, 0, "the file is empty");
      }
      return node;
    } catch (ReaderException e) {
      long before =
          text.chars().limit(text.indexOf(e.getCodePoint())).filter(c -> c == '\n').count();
      throw new ConfigurationException(
          file,
          (int) before + 1,
          String.format(
              Locale.ROOT,
              "no YAML: the character U+%04X stands in it as it is; in double quotes, \\u%04X is"
                  + " it",
              e.getCodePoint(),
              e.getCodePoint()));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw new ConfigurationException(file, line, "no YAML: " + e.getProblem());
    }
  }

  private TableMapping table(YamlMap tables, String name, int number, UnfitPolicy outer)
      throws ConfigurationException {
    Identifiers.check(tables, name, name);
    YamlMap map = tables.map(name, "table " + name);
    map.allow(TABLE_KEYS);
    UnfitPolicy unfit = unfit(map, outer);
    RowSource source = new RowSourceReader(file, places).read(map, name);
    List<ColumnMapping> columns = new ArrayList<>();
    String memberClass = map.has("each") ? map.text("class_column") : null;
    if (memberClass != null) {
      Identifiers.check(map, "class_column", memberClass);
      columns.add(
          ColumnReader.ofClass(memberClass, ValuePath.SELF, unfit, map.line("class_column")));
    }
    List<StoredColumn> shown = new ArrayList<>();
    List<IndexMapping> shownIndexes = new ArrayList<>();
    if (map.has("columns")) {
      YamlMap list = map.map("columns", "the columns of " + name);
      for (String column : list.keys()) {
        StoredColumn show = ShownColumns.read(list, column, unfit);
        if (show != null && ShownColumns.isIndexed(list, column)) {
          String index = Identifiers.shortened("ix_" + name + "_" + column);
          shownIndexes.add(new IndexMapping(index, List.of(column), false));
        }
        if (show == null) {
          columns.add(ColumnReader.read(list, column, unfit, placesOf(name)));
        } else {
          shown.add(show);
        }
      }
      ShownColumns.check(file, map.line("columns"), name, shown);
    }
    List<ValuePath> residue = new ArrayList<>();
    for (String left : map.texts("residue")) {
      residue.add(placesOf(name).places(path(map, "residue", left)));
    }
    contract.table(name, map, residue);
    edits.table(name, map);
    List<StoredColumn> stored = new ArrayList<>();
    if (map.has("source")) {
      stored.addAll(sourceColumns(map.map("source", "source of " + name)));
    }
    stored.addAll(TableMapping.stored(source, columns, unfit, map.flag("unfit_column")));
    stored.addAll(shown);
    List<IndexMapping> indexes =
        new IndexReader(file, name, stored).read(source, columns, map.items("indexes"));
    indexes.addAll(shownIndexes);
    return new TableMapping(name, number, source, stored, indexes, tables.line(name));
  }

  /** Columns of the source's row: a type, or a map. */
  private List<StoredColumn> sourceColumns(YamlMap columns) throws ConfigurationException {
    List<StoredColumn> stored = new ArrayList<>();
    for (String name : columns.keys()) {
      Identifiers.check(columns, name, name);
      String column = name;
      String collation = null;
      ColumnType type;
      if (columns.require(name) instanceof ScalarNode scalar) {
        type = type(columns, name, scalar.getValue());
      } else {
        YamlMap map = columns.map(name, "column " + name);
        map.allow(Set.of("column", "type", "collation"));
        String given = map.text("type");
        if (given == null) {
          throw columns.error(name, "column " + name + " has no type");
        }
        type = type(map, "type", given);
        column = map.has("column") ? String.valueOf(map.text("column")) : name;
        collation = collation(map, type);
      }
      stored.add(
          new StoredColumn(
              name,
              type,
              StoredColumn.Role.SOURCE,
              UnfitPolicy.QUARANTINE,
              null,
              new SourceColumn(column, collation),
              null));
    }
    return stored;
  }

  private PlaceNames placesOf(String table) {
    return places.getOrDefault(table, PlaceNames.NONE);
  }

  static @Nullable String collation(YamlMap map, ColumnType type) throws ConfigurationException {
    String collation = map.text("collation");
    if (collation != null && (!type.base().isText() || !collation.matches("[a-z0-9_]+"))) {
      throw map.error("collation", "collation must be the name of one, of a text column");
    }
    return collation;
  }

  static UnfitPolicy unfit(YamlMap map, UnfitPolicy outer) throws ConfigurationException {
    String text = map.text("unfit");
    if (text == null) {
      return outer;
    }
    return switch (text) {
      case "residue" -> UnfitPolicy.RESIDUE;
      case "quarantine" -> UnfitPolicy.QUARANTINE;
      default -> throw map.error("unfit", "unfit must be residue or quarantine, not " + text);
    };
  }

  static ColumnType type(YamlMap map, String key, String text) throws ConfigurationException {
    try {
      return ColumnType.parse(text);
    } catch (IllegalArgumentException e) {
      throw map.error(key, String.valueOf(e.getMessage()));
    }
  }

  static ValuePath path(YamlMap map, String key, String text) throws ConfigurationException {
    try {
      return ValuePath.parse(text);
    } catch (IllegalArgumentException e) {
      throw map.error(key, String.valueOf(e.getMessage()));
    }
  }
}
