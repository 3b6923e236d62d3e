package io.picklift.app.companion;

import static io.picklift.schema.tables.rows.SqlNames.quote;

import io.picklift.app.config.CompanionConfig;
import io.picklift.app.config.CompanionConfig.Column;
import io.picklift.app.database.TableNames;
import io.picklift.app.source.KeyKind;
import io.picklift.schema.yaml.NearestName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares a companion's configuration with the source's table. */
final class SourceColumns {
  private static final int UNKNOWN_TABLE = 1146;

  private final CompanionConfig config;
  private final Connection connection;

  private SourceColumns(CompanionConfig config, Connection connection) {
    this.config = config;
    this.connection = connection;
  }

  /**
   * The companion with the types of its columns.
   *
   * @throws io.picklift.schema.yaml.ConfigurationException if the table, a column or the key is not
   *     as described; it names file and line
   */
  static CompanionTable read(CompanionConfig config, Connection source) throws SQLException {
    return new SourceColumns(config, source).table();
  }

  private CompanionTable table() throws SQLException {
    Map<String, DeclaredType> declared = declared();
    List<CompanionTable.Key> key = new ArrayList<>();
    for (String name : config.key()) {
      DeclaredType type = type(declared, name, config.line());
      KeyKind kind = type.keyKind();
      if (kind == null) {
        throw config.error(
            "the key '"
                + name
                + "' is "
                + type.base()
                + ", whose values the server does not tell exactly");
      }
      key.add(new CompanionTable.Key(name, type, kind));
    }
    unique();
    noNull();
    List<CompanionColumn> columns = new ArrayList<>();
    for (Column column : config.columns()) {
      DeclaredType type = type(declared, column.from(), column.line());
      CompanionColumn one =
          new CompanionColumn(
              column.name(), column.from(), type, column.type(), column.isRequired());
      bytes(column, one);
      columns.add(one);
    }
    return new CompanionTable(config, key, columns);
  }

  private void bytes(Column column, CompanionColumn one) {
    boolean isBytes = one.source().family() == DeclaredType.Family.BYTES;
    boolean takes =
        column.type().isIndexable()
            ? column.type().base().isBytes()
                || column.type().base().isText()
                || column.type().base() == io.picklift.schema.mapping.ColumnType.Base.BINARY
            : true;
    if (isBytes && !takes) {
      throw config.error(
          column.line(),
          "'"
              + column.from()
              + "' holds bytes ("
              + one.source().base()
              + "), which are no "
              + column.type()
              + "; take VARBINARY(n), a BLOB or a text type");
    }
  }

  private Map<String, DeclaredType> declared() throws SQLException {
    Map<String, DeclaredType> declared = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW FULL COLUMNS FROM " + quote(config.from()))) {
      while (row.next()) {
        declared.put(
            row.getString("Field"),
            DeclaredType.of(row.getString("Type"), row.getString("Collation")));
      }
      return declared;
    } catch (SQLException e) {
      if (e.getErrorCode() == UNKNOWN_TABLE) {
        throw config.error(
            "the source has no table '"
                + config.from()
                + "'"
                + NearestName.hint(config.from(), TableNames.of(connection)));
      }
      throw e;
    }
  }

  private DeclaredType type(Map<String, DeclaredType> declared, String name, int line) {
    for (Map.Entry<String, DeclaredType> column : declared.entrySet()) {
      if (column.getKey().equalsIgnoreCase(name)) {
        return column.getValue();
      }
    }
    throw config.error(
        line,
        "the source's table '"
            + config.from()
            + "' has no column '"
            + name
            + "'"
            + NearestName.hint(name, declared.keySet()));
  }

  /** Two rows of one key would be one row. */
  private void unique() throws SQLException {
    Map<String, List<String>> indexes = new TreeMap<>();
    try (ResultSet row =
        connection
            .getMetaData()
            .getIndexInfo(connection.getCatalog(), null, config.from(), true, true)) {
      while (row.next()) {
        indexes
            .computeIfAbsent(row.getString("INDEX_NAME"), name -> new ArrayList<>())
            .add(row.getString("COLUMN_NAME"));
      }
    }
    for (List<String> index : indexes.values()) {
      if (index.stream().allMatch(c -> config.key().stream().anyMatch(c::equalsIgnoreCase))) {
        return;
      }
    }
    throw config.error(
        "no primary or unique key of '"
            + config.from()
            + "' consists of "
            + String.join(", ", config.key()));
  }

  private void noNull() throws SQLException {
    for (String column : config.key()) {
      String sql =
          "SELECT 1 FROM " + quote(config.from()) + " WHERE " + quote(column) + " IS NULL LIMIT 1";
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        if (row.next()) {
          throw config.error(
              "there are rows in '" + config.from() + "' whose '" + column + "' is NULL");
        }
      }
    }
  }
}
