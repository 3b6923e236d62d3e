package io.picklift.app.source;

import static io.picklift.schema.tables.rows.SqlNames.quote;

import io.picklift.app.config.Database;
import io.picklift.app.config.SourceConfig;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.database.TableNames;
import io.picklift.schema.profile.OuterColumn;
import io.picklift.schema.tables.rows.SqlNames;
import io.picklift.schema.yaml.ConfigurationException;
import io.picklift.schema.yaml.NearestName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
   * @throws ConfigurationException if the table, a column, the key or the condition is not as
   *     described
   * @throws SQLException if the server does not answer
   */
  public static TableSource open(DataSource dataSource, SourceConfig config, Database database)
      throws SQLException {
    TableCheck check = new TableCheck(config, database.place());
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      Map<String, Column> types = check.columns(statement);
      check.configured(types);
      check.blob(types);
      check.unique(connection);
      check.condition(statement);
      List<KeyKind> kinds = new ArrayList<>();
      for (String column : config.key()) {
        kinds.add(check.kind(types, column));
      }
      check.told(statement);
      Map<String, KeyKind> carried = new LinkedHashMap<>();
      for (String column : config.carry()) {
        carried.put(column, KeyKind.of(column(types, column).type()));
      }
      String watermark = config.watermark();
      String watermarkType = watermark == null ? "" : column(types, watermark).declared();
      return new TableSource(
          dataSource,
          config,
          kinds,
          carried,
          check.outer(types),
          watermarkType,
          check.isView(connection),
          exactCollation(statement));
    }
  }

  /**
   * MariaDB's, else MySQL's. MariaDB 11.4.5 takes the name of MySQL's too, for one that folds
   * blanks at the end.
   */
  private static @Nullable String exactCollation(Statement statement) throws SQLException {
    String sql =
        """
        SELECT MAX(COLLATION_NAME) FROM information_schema.COLLATIONS
        WHERE COLLATION_NAME IN ('utf8mb4_nopad_bin', 'utf8mb4_0900_bin')
        """;
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  /**
   * A column.
   *
   * @param declared its type as the server shows it
   * @param type its type in JDBC
   * @param collation of a text
   */
  private record Column(String declared, int type, @Nullable String collation) {}

  private List<OuterColumn> outer(Map<String, Column> types) {
    List<OuterColumn> outer = new ArrayList<>();
    for (String name : config.key()) {
      outer.add(outer(types, name, true));
    }
    for (String name : config.carry()) {
      outer.add(outer(types, name, false));
    }
    return outer;
  }

  private static OuterColumn outer(Map<String, Column> types, String name, boolean isKey) {
    Column column = column(types, name);
    return new OuterColumn(name, column.declared(), column.collation(), isKey);
  }

  /** All columns, those that {@code SELECT *} leaves out included. */
  private Map<String, Column> columns(Statement statement) throws SQLException {
    Map<String, String> declared = new LinkedHashMap<>();
    Map<String, String> collations = new LinkedHashMap<>();
    try (ResultSet row = statement.executeQuery("SHOW FULL COLUMNS FROM " + table())) {
      while (row.next()) {
        declared.put(row.getString("Field"), row.getString("Type"));
        if (row.getString("Collation") != null) {
          collations.put(row.getString("Field"), row.getString("Collation"));
        }
      }
    } catch (SQLException e) {
      if (e.getErrorCode() == UNKNOWN_TABLE) {
        throw new ConfigurationException(
            "source.table: there is no table '"
                + config.table()
                + "' in "
                + place
                + NearestName.hint(config.table(), TableNames.of(statement.getConnection())));
      }
      throw e;
    }
    String list = declared.keySet().stream().map(SqlNames::quote).collect(Collectors.joining(", "));
    Map<String, Column> types = new LinkedHashMap<>();
    try (ResultSet none =
        statement.executeQuery("SELECT " + list + " FROM " + table() + " LIMIT 0")) {
      int number = 1;
      for (Map.Entry<String, String> column : declared.entrySet()) {
        int type = none.getMetaData().getColumnType(number++);
        types.put(
            column.getKey(), new Column(column.getValue(), type, collations.get(column.getKey())));
      }
    }
    return types;
  }

  private void configured(Map<String, Column> types) {
    for (String column : config.key()) {
      exists(types, "key", column);
    }
    exists(types, "blob", config.blob());
    exists(types, "watermark", config.watermark());
    exists(types, "json", config.json());
    for (String column : config.columns().keySet()) {
      exists(types, "columns", column);
    }
    exists(types, "split_by", config.splitBy());
    for (String column : config.carry()) {
      exists(types, "carry", column);
    }
  }

  private void exists(Map<String, Column> types, String key, @Nullable String column) {
    if (column != null && types.keySet().stream().noneMatch(column::equalsIgnoreCase)) {
      throw new ConfigurationException(
          "source."
              + key
              + ": the table '"
              + config.table()
              + "' has no column '"
              + column
              + "'"
              + NearestName.hint(column, types.keySet()));
    }
  }

  private static Column column(Map<String, Column> types, String name) {
    for (Map.Entry<String, Column> type : types.entrySet()) {
      if (type.getKey().equalsIgnoreCase(name)) {
        return type.getValue();
      }
    }
    throw new IllegalStateException("column " + name + " was checked before");
  }

  private KeyKind kind(Map<String, Column> types, String name) {
    Column column = column(types, name);
    if (column.type() == Types.REAL) {
      throw new ConfigurationException(
          "source.key: '" + name + "' is a FLOAT, whose values the server does not tell exactly");
    }
    boolean isChoice =
        column.declared().startsWith("enum(") || column.declared().startsWith("set(");
    return isChoice ? KeyKind.CHOICE : KeyKind.of(column.type());
  }

  /** Numbers and times are no pickles, whatever their digits look like. */
  private void blob(Map<String, Column> types) {
    switch (column(types, config.blob()).type()) {
      case Types.BINARY,
          Types.VARBINARY,
          Types.LONGVARBINARY,
          Types.BLOB,
          Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.CLOB -> {}
      default ->
          throw new ConfigurationException(
              "source.blob: the column '" + config.blob() + "' holds neither bytes nor text");
    }
  }

  /** Rows without a key could not be told apart, nor a view's rows of the same. */
  private void told(Statement statement) throws SQLException {
    String where = config.where() == null ? "" : " AND (" + config.where() + ")";
    for (String column : config.key()) {
      String isNull = quote(column) + " IS NULL";
      if (isAny(statement, "SELECT 1 FROM " + table() + " WHERE " + isNull + where + " LIMIT 1")) {
        throw new ConfigurationException(
            "source.key: there are rows in '"
                + config.table()
                + "' whose '"
                + column
                + "' is NULL; take another key, or leave them out by source.where: \""
                + column
                + " IS NOT NULL\"");
      }
    }
    String key = config.key().stream().map(SqlNames::quote).collect(Collectors.joining(", "));
    if (isView(statement.getConnection())
        && isAny(
            statement,
            "SELECT 1 FROM "
                + table()
                + " WHERE TRUE"
                + where
                + " GROUP BY "
                + key
                + " HAVING COUNT(*) > 1 LIMIT 1")) {
      throw new ConfigurationException(
          "source.key: several rows of '"
              + config.table()
              + "' have the same "
              + String.join(", ", config.key()));
    }
  }

  private String table() {
    return quote(config.table());
  }

  private static boolean isAny(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next();
    }
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
      throw new ConfigurationException(
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
    String from = "SELECT 1 FROM " + table() + " WHERE ";
    try {
      isAny(statement, from + "(" + config.where() + ") LIMIT 1");
      // "1) OR (1" is a condition in brackets alone, and would take what is put after them apart.
      isAny(statement, from + "CASE WHEN " + config.where() + " THEN TRUE END LIMIT 0");
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).startsWith("42") && !ServerErrors.isDenied(e)) {
        throw new ConfigurationException("source.where: no condition: " + e.getMessage());
      }
      throw e;
    }
  }
}
