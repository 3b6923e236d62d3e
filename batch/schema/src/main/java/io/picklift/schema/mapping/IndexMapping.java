package io.picklift.schema.mapping;

import java.util.List;

/** An index over columns of one table. */
public record IndexMapping(String name, List<String> columns, boolean unique) {
  public IndexMapping {
    columns = List.copyOf(columns);
  }
}
