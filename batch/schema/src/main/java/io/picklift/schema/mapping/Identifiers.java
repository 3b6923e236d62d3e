package io.picklift.schema.mapping;

import io.picklift.schema.yaml.ConfigurationException;
import io.picklift.schema.yaml.YamlMap;

/**
 * What MySQL takes for the name of a table, a column or an index (the manual's section on schema
 * object names).
 */
final class Identifiers {
  private static final int LONGEST = 64;

  private Identifiers() {}

  static void check(YamlMap map, String key, String name) throws ConfigurationException {
    if (name.isEmpty() || name.length() > LONGEST || !isPrintable(name)) {
      throw map.error(key, "\"" + name + "\" cannot be the name of a table, column or index");
    }
  }

  /** What MySQL takes between backticks, without the backtick and what looks like another name. */
  private static boolean isPrintable(String name) {
    return name.codePoints()
            .allMatch(c -> c > ' ' && c != '`' && c != '.' && c != '/' && c != '\\' && c < 0xd800)
        && !name.endsWith(" ");
  }

  /** A name that was made of others, ended by its hash where it is too long. */
  static String shortened(String name) {
    if (name.length() <= LONGEST) {
      return name;
    }
    String hash = Integer.toHexString(name.hashCode());
    return name.substring(0, LONGEST - 1 - hash.length()) + "_" + hash;
  }
}
