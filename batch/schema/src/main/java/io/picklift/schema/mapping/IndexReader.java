package io.picklift.schema.mapping;

import io.picklift.schema.yaml.ConfigurationException;
import io.picklift.schema.yaml.NearestName;
import io.picklift.schema.yaml.YamlMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the indexes of one table, those that its columns ask for first. */
final class IndexReader {
  /** What InnoDB takes. */
  private static final int LONGEST_KEY = 3072;

  private static final int LONGEST_CHARACTER = 4;

  private final String file;
  private final String table;
  private final List<StoredColumn> stored;
  private final List<IndexMapping> read = new ArrayList<>();

  IndexReader(String file, String table, List<StoredColumn> stored) {
    this.file = file;
    this.table = table;
    this.stored = stored;
  }

  List<IndexMapping> read(RowSource source, List<ColumnMapping> columns, List<Node> nodes)
      throws ConfigurationException {
    implied(source, columns);
    for (Node node : nodes) {
      IndexMapping index = index(node);
      int line = YamlMap.line(node);
      columns(index, line);
      checkLength(index, line);
      read.add(index);
    }
    Set<String> names = new HashSet<>();
    read.replaceAll(
        index -> names.add(index.name().toLowerCase(Locale.ROOT)) ? index : index.asBefore());
    return read;
  }

  private IndexMapping index(Node node) throws ConfigurationException {
    if (node instanceof SequenceNode sequence) {
      List<String> columns = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        if (!(item instanceof ScalarNode scalar)) {
          throw error(YamlMap.line(item), "must be a list of columns");
        }
        columns.add(scalar.getValue());
      }
      return IndexMapping.unnamed(table, columns, false);
    }
    if (node instanceof ScalarNode scalar) {
      throw error(YamlMap.line(node), "must be a list of columns: [" + scalar.getValue() + "]");
    }
    YamlMap map = new YamlMap(file, node, "an index of " + table);
    map.allow(Set.of("columns", "unique", "name"));
    List<String> columns = map.texts("columns");
    boolean unique = map.flag("unique");
    String given = map.text("name");
    if (given != null) {
      Identifiers.check(map, "name", given);
    }
    return given == null
        ? IndexMapping.unnamed(table, columns, unique)
        : new IndexMapping(given, columns, unique);
  }

  /** The indexes that columns and sources ask for by themselves. */
  private void implied(RowSource source, List<ColumnMapping> columns)
      throws ConfigurationException {
    if (source instanceof RowSource.Each each) {
      RowSource.KeyColumn key = each.key();
      if (key != null && key.unique()) {
        // Begins with the owner's columns, so that it is their index too.
        List<String> keyed = List.of(TableMapping.SAVE_ID, each.ownerColumn(), key.name());
        IndexMapping index = IndexMapping.unnamed(table, keyed, true);
        checkLength(index, key.line());
        read.add(index);
      } else {
        List<String> owner = List.of(TableMapping.SAVE_ID, each.ownerColumn());
        read.add(IndexMapping.unnamed(table, owner, false));
      }
    }
    for (ColumnMapping column : columns) {
      List<String> inSave = List.of(TableMapping.SAVE_ID, column.name());
      if (column.references() != null) {
        read.add(IndexMapping.unnamed(table, inSave, false));
      } else if (column.unique()) {
        add(IndexMapping.unnamed(table, inSave, true), column);
      }
      if (column.index()) {
        List<String> alone = List.of(column.name());
        add(IndexMapping.unnamed(table, alone, false), column);
      }
    }
  }

  private void add(IndexMapping index, ColumnMapping column) throws ConfigurationException {
    if (!column.type().isIndexable()) {
      String message = "column " + column.name() + ": no index on a " + column.type();
      throw new ConfigurationException(file, column.line(), message);
    }
    checkLength(index, column.line());
    read.add(index);
  }

  private void columns(IndexMapping index, int line) throws ConfigurationException {
    List<String> known = new ArrayList<>(List.of(TableMapping.SAVE_ID, TableMapping.ORDINAL));
    stored.forEach(column -> known.add(column.name()));
    if (index.columns().isEmpty()) {
      throw error(line, "lacks columns");
    }
    Set<String> seen = new HashSet<>();
    for (String column : index.columns()) {
      if (!known.contains(column)) {
        throw error(line, "names an unknown column " + column + NearestName.hint(column, known));
      }
      if (!seen.add(column)) {
        throw error(line, "names " + column + " twice");
      }
    }
  }

  /** Numbers and times take a few bytes each, which no index is too long for. */
  private void checkLength(IndexMapping index, int line) throws ConfigurationException {
    int bytes = 0;
    for (StoredColumn column : stored) {
      if (index.columns().contains(column.name())) {
        ColumnType type = column.type();
        if (!type.isIndexable()) {
          throw error(line, "is of column " + column.name() + ": no index on a " + type);
        }
        bytes +=
            switch (type.base()) {
              case VARCHAR -> LONGEST_CHARACTER * type.size();
              case VARBINARY -> type.size();
              default -> 0;
            };
      }
    }
    if (bytes > LONGEST_KEY) {
      throw error(line, "takes " + bytes + " bytes; the most are " + LONGEST_KEY);
    }
  }

  private ConfigurationException error(int line, String message) {
    return new ConfigurationException(file, line, "an index of " + table + " " + message);
  }
}
