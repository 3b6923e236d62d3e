package io.picklift.app.target;

import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
import io.picklift.jython.AdapterColumn;
import io.picklift.jython.AdapterException;
import io.picklift.jython.Adapters;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.split.RowComputer;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes the mapping's computed columns with the user's adapters. */
final class AdapterCells implements RowComputer {
  private final Adapters adapters;
  private final Mapping mapping;

  /** By table and column number, in one. */
  private final Map<Long, AdapterColumn> columns = new HashMap<>();

  private AdapterCells(Adapters adapters, Mapping plain) {
    this.adapters = adapters;
    Mapping with = plain;
    for (TableMapping table : plain.tables()) {
      List<String> names =
          table.source() instanceof RowSource.OfClass of ? of.classes() : List.of();
      for (AdapterColumn column : adapters.columnsOf(table.name(), names)) {
        with = add(with, table.name(), column);
        int number = with.tables().get(table.number()).columnNumber(column.name());
        columns.put(key(table.number(), number), column);
      }
    }
    mapping = with;
    for (AdapterColumn column : adapters.columns()) {
      if (column.table() != null && plain.table(column.table()) == null) {
        add(plain, column.table(), column);
      }
    }
  }

  /**
   * Loads adapters for a mapping.
   *
   * @throws ConfigurationException if one cannot be loaded, or wants a column that cannot be
   */
  static AdapterCells load(List<Path> files, Mapping mapping, Limits limits) {
    try {
      return new AdapterCells(Adapters.load(files, limits), mapping);
    } catch (AdapterException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new ConfigurationException("adapters: a file cannot be read: " + e.getMessage());
    }
  }

  private static Mapping add(Mapping to, String table, AdapterColumn column) {
    try {
      return to.withComputed(
          table, column.name(), ColumnType.parse(column.type()), column.indexed());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(column.where() + ": " + e.getMessage());
    }
  }

  private static long key(int table, int column) {
    return (long) table << Integer.SIZE | column;
  }

  /** The mapping with the adapters' columns. */
  Mapping mapping() {
    return mapping;
  }

  @Override
  public @Nullable Object cell(int table, int column, Meaning meaning, int node) throws Failure {
    AdapterColumn computed = columns.get(key(table, column));
    if (computed == null) {
      return null;
    }
    try {
      return adapters.value(computed, meaning, node);
    } catch (AdapterException e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }
}
