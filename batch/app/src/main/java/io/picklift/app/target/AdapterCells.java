package io.picklift.app.target;

import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
import io.picklift.jython.AdapterColumn;
import io.picklift.jython.AdapterException;
import io.picklift.jython.Adapters;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.split.RowComputer;
import io.picklift.schema.yaml.ConfigurationException;
import io.picklift.schema.yaml.NearestName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Computes the mapping's computed columns with the user's adapters. */
final class AdapterCells implements RowComputer {
  private final Adapters adapters;
  private final Mapping mapping;

  /** By table and column number, in one. */
  private final Map<Long, AdapterColumn> columns = new TreeMap<>();

  /** Readers of calls that no table's rows are. */
  private final List<String> unmatched = new ArrayList<>();

  private final Map<String, Long> failures = new ConcurrentSkipListMap<>();

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
    Set<String> known = new TreeSet<>();
    for (TableMapping table : plain.tables()) {
      if (table.source() instanceof RowSource.OfClass of) {
        known.addAll(of.classes());
      }
    }
    for (AdapterColumn column : adapters.columns()) {
      String called = column.called();
      if (called != null && !columns.containsValue(column)) {
        unmatched.add(
            column.where()
                + ": no table of the mapping has rows that are calls of "
                + called
                + ", for column "
                + column.name()
                + NearestName.hint(called, known));
      }
    }
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
    AdapterColumn computed = column(table, column);
    if (computed == null) {
      return null;
    }
    try {
      Object value = adapters.value(computed, meaning, node);
      return value == Adapters.NOTHING ? NOTHING : value;
    } catch (AdapterException e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  private @Nullable AdapterColumn column(int table, int column) {
    return columns.get(key(table, column));
  }

  @Override
  public boolean refuses(int table, int column) {
    AdapterColumn computed = column(table, column);
    return computed == null || computed.refuses();
  }

  @Override
  public void failed(int table, int column, String message) {
    TableMapping of = mapping.tables().get(table);
    String name = of.name() + "." + of.stored().get(column).name();
    failures.merge(message + ": cells of " + name + " are NULL for it", 1L, Long::sum);
  }

  @Override
  public String where(int table, int column) {
    AdapterColumn computed = column(table, column);
    return computed == null ? "" : computed.where();
  }

  /** What adapters raised, and how often, since they were loaded. */
  List<String> failures() {
    List<String> lines = new ArrayList<>();
    failures.forEach((message, times) -> lines.add(message + " (" + times + ")"));
    return lines;
  }

  /**
   * A line for each column whose adapter found nothing to compute it of.
   *
   * @param found columns that some save has something for
   */
  List<String> idle(Set<String> found) {
    List<String> lines = new ArrayList<>(unmatched);
    columns.forEach(
        (key, column) -> {
          TableMapping table = mapping.tables().get((int) (key >> Integer.SIZE));
          String name = table.name() + "." + column.name();
          if (column.path() != null && !found.contains(name)) {
            String what = column.reads() == null ? "" : " that is a call of " + column.reads();
            lines.add(
                column.where()
                    + ": no migrated save has "
                    + table.name()
                    + "."
                    + column.path()
                    + what
                    + ", for column "
                    + name
                    + hint(table, column.path()));
          }
        });
    return lines;
  }

  private static String hint(TableMapping table, String path) {
    Set<String> paths = new TreeSet<>();
    for (StoredColumn column : table.stored()) {
      ColumnMapping from = column.mapping();
      if (from != null) {
        paths.add(from.path().toString());
      }
    }
    return paths.contains(path) ? "" : NearestName.hint(path, paths);
  }
}
