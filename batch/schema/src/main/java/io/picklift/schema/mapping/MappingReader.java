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
    RowSource source = source(map, name);
    List<ColumnMapping> columns = new ArrayList<>();
    String memberClass = map.has("each") ? map.text("class_column") : null;
    if (memberClass != null) {
      Identifiers.check(map, "class_column", memberClass);
      columns.add(classColumn(memberClass, ValuePath.SELF, unfit, map.line("class_column")));
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
          columns.add(column(list, column, unfit, placesOf(name)));
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

  private static @Nullable String collation(YamlMap map, ColumnType type)
      throws ConfigurationException {
    String collation = map.text("collation");
    if (collation != null && (!type.base().isText() || !collation.matches("[a-z0-9_]+"))) {
      throw map.error("collation", "collation must be the name of one, of a text column");
    }
    return collation;
  }

  private PlaceNames placesOf(String table) {
    return places.getOrDefault(table, PlaceNames.NONE);
  }

  private RowSource source(YamlMap map, String name) throws ConfigurationException {
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

  private void only(YamlMap map, String name, String source, List<String> others)
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
          path(
              map, "each", each.charAt(end) == '.' ? each.substring(end + 1) : each.substring(end));
      path = placesOf(owner).places(path);
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
      ColumnType keyType = type(keyMap, "type", type);
      boolean unique = keyMap.flag("unique");
      if (unique && !keyType.isIndexable()) {
        throw keyMap.error("unique", "key " + column + ": no index on a " + keyType);
      }
      key =
          new RowSource.KeyColumn(
              column, keyType, unique, collation(keyMap, keyType), keyMap.line("column"));
    }
    String ownerName = ownerColumn == null ? owner + "_ordinal" : ownerColumn;
    Identifiers.check(map, "owner", ownerName);
    String positionName = position == null ? "position" : position;
    Identifiers.check(map, "position", positionName);
    return new RowSource.Each(owner, path, ownerName, positionName, key);
  }

  private ColumnMapping column(YamlMap columns, String name, UnfitPolicy outer, PlaceNames places)
      throws ConfigurationException {
    Identifiers.check(columns, name, name);
    Node node = columns.require(name);
    if (node instanceof ScalarNode scalar) {
      if (scalar.getValue().isEmpty()) {
        throw columns.error(name, "column " + name + " has no type");
      }
      ColumnType type = type(columns, name, scalar.getValue());
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
      ValuePath path = of == null ? ValuePath.of(name) : path(map, "path", of);
      return classColumn(name, places.places(path), outer, columns.line(name));
    }
    String typeText = map.text("type");
    String references = map.text("references");
    if ((typeText == null) == (references == null)) {
      throw columns.error(name, "column " + name + " must have exactly one of type and references");
    }
    ColumnType type = typeText == null ? TableMapping.ORDINAL_TYPE : type(map, "type", typeText);
    String pathText = map.text("path");
    ValuePath path =
        places.places(pathText == null ? ValuePath.of(name) : path(map, "path", pathText));
    List<ValuePath> aka = new ArrayList<>();
    for (String older : map.texts("aka")) {
      aka.add(places.places(path(map, "aka", older)));
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
        required ? UnfitPolicy.QUARANTINE : unfit(map, outer),
        new OptionsReader(map, name).read(type, references),
        required,
        map.text("comment"),
        columns.line(name));
  }

  /** A column of the name of an object's class. */
  private static ColumnMapping classColumn(
      String name, ValuePath path, UnfitPolicy unfit, int line) {
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
