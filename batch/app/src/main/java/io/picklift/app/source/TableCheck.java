package io.picklift.app.source;

import static io.picklift.app.source.TableSource.quote;

import io.picklift.app.config.ConfigException;
import io.picklift.app.config.Database;
import io.picklift.app.config.SourceConfig;
import io.picklift.schema.mapping.Nearest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Compares a configuration with the table that is there, before anything is started. */
public final class TableCheck {
  private static final int UNKNOWN_TABLE = 1146;

  private final SourceConfig config;
  private final String place;

  private TableCheck(SourceConfig config, String place) {
    this.config = config;
    this.place = place;
  }

  /**
   * Opens the source that {@code config} describes.
   *
   * @throws ConfigException if the table, a column, the key or the condition is not as described
   * @throws SQLException if the server does not answer
   */
  public static TableSource open(DataSource dataSource, SourceConfig config, Database database)
      throws SQLException {
    TableCheck check = new TableCheck(config, database.place());
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      Map<String, Integer> types = check.columns(statement);
      check.configured(types);
      check.unique(connection);
      check.condition(statement);
      List<KeyKind> kinds = new ArrayList<>();
      for (String column : config.key()) {
        kinds.add(KeyKind.of(check.type(types, column)));
      }
      return new TableSource(dataSource, config, kinds);
    }
  }

  private Map<String, Integer> columns(Statement statement) throws SQLException {
    Map<String, Integer> types = new LinkedHashMap<>();
    try (ResultSet none =
        statement.executeQuery("SELECT * FROM " + quote(config.table()) + " LIMIT 0")) {
      ResultSetMetaData columns = none.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        types.put(columns.getColumnName(i), columns.getColumnType(i));
      }
    } catch (SQLException e) {
      if (e.getErrorCode() == UNKNOWN_TABLE) {
        throw new ConfigException(
            "source.table: there is no table '" + config.table() + "' in " + place);
      }
      throw e;
    }
    return types;
  }

  private void configured(Map<String, Integer> types) {
    for (String column : config.key()) {
      exists(types, "key", column);
    }
    exists(types, "blob", config.blob());
    exists(types, "watermark", config.watermark());
    exists(types, "json", config.json());
    for (String column : config.columns().keySet()) {
      exists(types, "columns", column);
    }
  }

  private void exists(Map<String, Integer> types, String key, @Nullable String column) {
    if (column != null && types.keySet().stream().noneMatch(column::equalsIgnoreCase)) {
      throw new ConfigException(
          "source."
              + key
              + ": the table '"
              + config.table()
              + "' has no column '"
              + column
              + "'"
              + Nearest.hint(column, types.keySet()));
    }
  }

  private int type(Map<String, Integer> types, String column) {
    for (Map.Entry<String, Integer> type : types.entrySet()) {
      if (type.getKey().equalsIgnoreCase(column)) {
        return type.getValue();
      }
    }
    throw new IllegalStateException("column " + column + " was checked before");
  }

  /** Two rows of one key would be one save. */
  private void unique(Connection connection) throws SQLException {
    Map<String, List<String>> indexes = new TreeMap<>();
    try (ResultSet row =
        connection
            .getMetaData()
            .getIndexInfo(connection.getCatalog(), null, config.table(), true, true)) {
      while (row.next()) {
        indexes
            .computeIfAbsent(row.getString("INDEX_NAME"), name -> new ArrayList<>())
            .add(row.getString("COLUMN_NAME"));
      }
    }
    boolean isUnique = indexes.isEmpty() && isView(connection);
    for (List<String> index : indexes.values()) {
      isUnique |= index.stream().allMatch(c -> config.key().stream().anyMatch(c::equalsIgnoreCase));
    }
    if (!isUnique) {
      throw new ConfigException(
          "source.key: no primary or unique key of '"
              + config.table()
              + "' consists of "
              + String.join(", ", config.key()));
    }
  }

  private boolean isView(Connection connection) throws SQLException {
    try (ResultSet row =
        connection
            .getMetaData()
            .getTables(connection.getCatalog(), null, config.table(), new String[] {"VIEW"})) {
      return row.next();
    }
  }

  private void condition(Statement statement) throws SQLException {
    if (config.where() == null) {
      return;
    }
    String sql =
        "SELECT 1 FROM " + quote(config.table()) + " WHERE (" + config.where() + ") LIMIT 1";
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).startsWith("42")) {
        throw new ConfigException("source.where: " + e.getMessage());
      }
      throw e;
    }
  }
}
