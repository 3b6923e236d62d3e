package io.picklift.schema.edits;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping says of rows that come and go. It is no part of the written form: the rows and the
 * residue of a migrated save are the same whatever it says.
 *
 * @param tables what tables say, by their names
 */
public record EditRules(Map<String, OfTable> tables) {
  /** Nothing is said. */
  public static final EditRules NONE = new EditRules(Map.of());

  private static final OfTable SILENT = new OfTable(null, Map.of(), Map.of());

  public EditRules {
    tables = Map.copyOf(tables);
  }

  /**
   * What one table says.
   *
   * @param onMissing of references to its rows; null where it says nothing
   * @param columns what columns say of the references that they show, by their names
   * @param values what attributes of its new objects are, by their paths
   */
  public record OfTable(
      @Nullable OnMissing onMissing, Map<String, OnMissing> columns, Map<String, NewValue> values) {
    public OfTable {
      columns = Map.copyOf(columns);
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  public OfTable table(String name) {
    return tables.getOrDefault(name, SILENT);
  }

  /** Whether a reference to a deleted row may be anything but an error. */
  public boolean hasMissing() {
    return tables.values().stream()
        .anyMatch(of -> of.onMissing() != null || !of.columns().isEmpty());
  }

  /** What becomes of references to a deleted row of a table that no column shows. */
  public OnMissing of(String table) {
    OnMissing own = table(table).onMissing();
    return own == null ? OnMissing.ERROR : own;
  }

  /** What becomes of references that a column shows. */
  public OnMissing of(String table, String column, String references) {
    OnMissing own = table(table).columns().get(column);
    return own == null ? of(references) : own;
  }
}
