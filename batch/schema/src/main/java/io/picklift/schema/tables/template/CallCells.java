package io.picklift.schema.tables.template;

import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which columns show values that are calls of a class with one plain argument, as members of enums
 * are. Python has each member once: a save has no more objects of an enum than that has members,
 * however often it refers to them.
 */
public final class CallCells {
  /** Of a class with more values than these nobody wants to know more. */
  private static final int MOST_VALUES = 1000;

  private final Map<Column, Set<String>> columns = new LinkedHashMap<>();
  private final Map<Column, Map<String, Set<String>>> read = new HashMap<>();
  private final Set<Column> named = new HashSet<>();
  private final Map<String, Long> places = new HashMap<>();
  private final Map<String, Integer> most = new HashMap<>();
  private final Set<String> owned = new HashSet<>();

  /** A column of a table. */
  public record Column(String table, String column) {
    static Column of(TableMapping table, StoredColumn column) {
      return new Column(table.name(), column.name());
    }
  }

  /** The classes of the calls that each column shows. */
  public Map<Column, Set<String>> columns() {
    return columns;
  }

  /**
   * The values that calls of a class have in the documents of a column, or in one that {@link
   * #isNamed}, in saves that the source owns: of very many some.
   */
  public Set<String> readValues(Column column, String className) {
    return read.getOrDefault(column, Map.of()).getOrDefault(className, Set.of());
  }

  /**
   * Whether a save shows calls of a class that the tables own: what its cells say may be an edit.
   */
  public boolean isOwned(String className) {
    return owned.contains(className);
  }

  /** How often the saves that the source owns show a call of a class. */
  public long places(String className) {
    return places.getOrDefault(className, 0L);
  }

  /** The most objects that one of these saves has that are calls of a class. */
  public int mostObjects(String className) {
    return most.getOrDefault(className, 0);
  }

  /**
   * Whether a column shows attributes of a class by name. Beside them it may show the values of the
   * same class: what a cell has, its save alone tells.
   */
  public boolean isNamed(Column column) {
    return named.contains(column);
  }

  /** How many columns are so. */
  public int namedColumns() {
    return named.size();
  }

  /** Says that a column was so in saves that were looked at earlier. */
  public void addNamed(Column column) {
    named.add(column);
  }

  /** Whether a class goes by this name in columns that show its attributes by name. */
  public static boolean isByName(String className) {
    return className.endsWith(ShownCalls.BY_NAME);
  }

  /** A call in a save that the tables own, or nobody knows. */
  private void addOwned(Column column, String className) {
    see(column, className);
    owned.add(className);
  }

  private void add(Column column, String className) {
    see(column, className);
    places.merge(className, 1L, Long::sum);
  }

  private void see(Column column, String className) {
    columns.computeIfAbsent(column, k -> new TreeSet<>()).add(className);
    if (isByName(className)) {
      named.add(column);
    }
  }

  void addValue(Column column, String className, String value) {
    Set<String> values =
        read.computeIfAbsent(column, k -> new HashMap<>())
            .computeIfAbsent(className, k -> new HashSet<>());
    if (values.size() < MOST_VALUES) {
      values.add(value);
    }
  }

  /** The cells of one save. */
  final class OfSave {
    private final ShownCalls calls;
    private final boolean isOwned;
    private final Map<String, Set<Integer>> objects = new HashMap<>();
    private boolean needsRows;

    /**
     * Looks at one.
     *
     * @param isOwned whether the tables own it, or nobody knows
     */
    OfSave(ShownCalls calls, boolean isOwned) {
      this.calls = calls;
      this.isOwned = isOwned;
    }

    void row(TableMapping table, int[] nodes) {
      for (int i = 0; i < table.stored().size(); i++) {
        StoredColumn stored = table.stored().get(i);
        calls.cell(
            stored,
            nodes[i],
            (node, name) -> {
              if (isOwned) {
                addOwned(Column.of(table, stored), name);
              } else {
                add(Column.of(table, stored), name);
                needsRows |= ShownCalls.isDocument(stored) || isNamed(Column.of(table, stored));
                objects.computeIfAbsent(name, k -> new HashSet<>()).add(node);
              }
            });
      }
    }

    /** All rows were given. */
    void end() {
      objects.forEach((name, nodes) -> most.merge(name, nodes.size(), Math::max));
    }

    /** Whether the save shows values that it alone tells. */
    boolean needsRows() {
      return needsRows;
    }

    boolean hasCalls() {
      return !objects.isEmpty();
    }
  }
}
