package io.picklift.app.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Figures about the target's saves.
 *
 * @param values all single values; those in columns; those that did not fit their column
 * @param protocols saves by pickle protocol
 * @param encodings saves by what is around the pickle
 * @param unfitColumns values that did not fit, by column
 * @param sizes saves by size of the BLOB: the power of two that it is below
 * @param tables rows by table; empty where they were not counted
 * @param columns cells that hold something, by {@code table.column}; empty where they were not
 *     counted
 * @param classes objects by class, of the tables that have a row for each object of a class
 */
public record TargetFacts(
    long values,
    long valuesInColumns,
    long valuesUnfit,
    Map<String, Long> protocols,
    Map<String, Long> encodings,
    Map<Integer, Long> sizes,
    Map<String, Long> tables,
    Map<String, Long> columns,
    Map<String, Long> classes,
    Map<String, Long> unfitColumns) {
  /** Nothing is known. */
  public static final TargetFacts NONE =
      new TargetFacts(
          0, 0, 0, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  /** Whether the target said anything. */
  public boolean isKnown() {
    return values > 0 || !protocols.isEmpty();
  }

  public TargetFacts {
    protocols = new LinkedHashMap<>(protocols);
    encodings = new LinkedHashMap<>(encodings);
    sizes = new LinkedHashMap<>(sizes);
    tables = new LinkedHashMap<>(tables);
    columns = new LinkedHashMap<>(columns);
    classes = new LinkedHashMap<>(classes);
    unfitColumns = new LinkedHashMap<>(unfitColumns);
  }
}
