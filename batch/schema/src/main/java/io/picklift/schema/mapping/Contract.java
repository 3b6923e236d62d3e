package io.picklift.schema.mapping;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping says of things it does not know: attributes, classes, and types at a place that it
 * knows. It is no part of the written form: rows and residue are the same whatever it says.
 *
 * @param all where a table or column says nothing else
 * @param classes known classes whose objects are no rows of a class table
 * @param tables what tables say, by their names
 */
public record Contract(OnNew all, Set<String> classes, Map<String, OfTable> tables) {
  /** Nothing is asked. */
  public static final Contract NONE = new Contract(OnNew.RESIDUE, Set.of(), Map.of());

  private static final OfTable SILENT = new OfTable(null, List.of(), Map.of());

  public Contract {
    classes = Set.copyOf(classes);
    tables = Map.copyOf(tables);
  }

  /**
   * What one table says.
   *
   * @param onNew null where it says nothing
   * @param residue paths that are known and have no column
   * @param columns what columns say, by their names
   */
  public record OfTable(
      @Nullable OnNew onNew, List<ValuePath> residue, Map<String, OnNew> columns) {
    public OfTable {
      residue = List.copyOf(residue);
      columns = Map.copyOf(columns);
    }
  }

  public OfTable table(String name) {
    return tables.getOrDefault(name, SILENT);
  }

  /** Whether anything new is to be more than left in the residue. */
  public boolean isAsked() {
    return all != OnNew.RESIDUE
        || tables.values().stream()
            .anyMatch(
                of ->
                    (of.onNew() != null && of.onNew() != OnNew.RESIDUE)
                        || of.columns().values().stream().anyMatch(c -> c != OnNew.RESIDUE));
  }

  /** What holds for something new in a table's rows. */
  public OnNew of(String table) {
    OnNew own = table(table).onNew();
    return own == null ? all : own;
  }

  /** What holds for a new type of a column's values. */
  public OnNew of(String table, String column) {
    OnNew own = table(table).columns().get(column);
    return own == null ? of(table) : own;
  }
}
