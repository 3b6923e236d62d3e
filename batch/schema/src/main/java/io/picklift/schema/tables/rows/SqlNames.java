package io.picklift.schema.tables.rows;

import java.util.List;
import java.util.stream.Collectors;

/** Names of tables and columns, as SQL quotes them. */
public final class SqlNames {
  private SqlNames() {}

  public static String quote(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  public static String quote(List<String> names) {
    return names.stream().map(name -> quote(name)).collect(Collectors.joining(", "));
  }
}
