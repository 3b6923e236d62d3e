package io.picklift.app.config;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.yaml.ConfigurationException;
import java.util.List;

/**
 * A table beside the saves that is copied into a typed one.
 *
 * @param name the table in the target
 * @param from the table in the source's schema
 * @param key its primary or a unique key; the target's table has the same columns as its key
 * @param columns the other columns of the target's table
 * @param file the configuration file, for messages
 * @param line where the companion begins there
 */
public record CompanionConfig(
    String name,
    String from,
    List<String> key,
    List<Column> columns,
    List<Index> indexes,
    String file,
    int line) {
  public CompanionConfig {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
    indexes = List.copyOf(indexes);
  }

  /**
   * A typed column.
   *
   * @param from the source's column
   * @param isRequired whether a row without a value of this type is refused
   */
  public record Column(String name, String from, ColumnType type, boolean isRequired, int line) {}

  /** An index of the target's table. */
  public record Index(List<String> columns) {
    public Index {
      columns = List.copyOf(columns);
    }
  }

  /** A complaint about the companion as a whole. */
  public ConfigurationException error(String message) {
    return error(line, message);
  }

  /** A complaint about one of its lines. */
  public ConfigurationException error(int at, String message) {
    return new ConfigurationException(file, at, "companion '" + name + "': " + message);
  }
}
