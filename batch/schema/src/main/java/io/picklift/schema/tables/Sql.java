package io.picklift.schema.tables;

import java.util.List;
import java.util.stream.Collectors;

/** Names as SQL quotes them. */
final class Sql {
  private Sql() {}

  static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  static String names(List<String> names) {
    return names.stream().map(Sql::name).collect(Collectors.joining(", "));
  }
}
