package io.picklift.schema.mapping;

import java.util.List;
import java.util.Set;

/**
 * An index over columns of one table.
 *
 * @param former the name that earlier builds gave it, by which a mapping's written form and targets
 *     of that time know it; the name itself where the mapping says it
 */
public record IndexMapping(String name, String former, List<String> columns, boolean unique) {
  public IndexMapping {
    columns = List.copyOf(columns);
  }

  /** An index that has always been named so. */
  public IndexMapping(String name, List<String> columns, boolean unique) {
    this(name, name, columns, unique);
  }

  /** An index that the mapping does not name. */
  static IndexMapping unnamed(String table, List<String> columns, boolean unique) {
    String prefix = unique ? "ux_" : "ix_";
    String joined = String.join("_", columns);
    // Names of indexes are the table's own, and save_id is in most of them.
    String brief = joined.replaceFirst("^save_id_", "save_");
    return new IndexMapping(
        Identifiers.shortened(prefix + brief),
        Identifiers.shortened(prefix + table + "_" + joined),
        columns,
        unique);
  }

  /** The same by its former name. */
  IndexMapping asBefore() {
    return new IndexMapping(former, former, columns, unique);
  }

  /** Whether the index is among these, by the one name or the other. */
  public boolean isOneOf(Set<String> names) {
    return names.contains(name) || names.contains(former);
  }
}
