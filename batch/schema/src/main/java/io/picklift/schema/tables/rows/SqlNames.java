package io.picklift.schema.tables.rows;

import java.util.List;
import java.util.stream.Collectors;

/** Names as SQL quotes them. */
final class SqlNames {
  private SqlNames() {}

  static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  static String names(List<String> names) {
    return names.stream().map(SqlNames::name).collect(Collectors.joining(", "));
  }
}
