package io.picklift.app.follow.log;

import io.picklift.schema.tables.rows.SqlNames;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The followed table as the server has it now: its name in the log, and the key's columns among all
 * of its columns.
 *
 * @param schema the table's schema
 * @param columns how many columns the table has
 * @param key in the order of the configuration
 * @param declared names and types of all columns, a line each
 * @param hasCascades whether a foreign key of the table changes its rows with those of another
 */
public record TableLayout(
    String schema,
    String table,
    int columns,
    List<KeyColumn> key,
    boolean hasCascades,
    String declared) {
  private static final Pattern CASCADE =
      Pattern.compile(
          "FOREIGN KEY[^\\n]*?ON (?:DELETE|UPDATE) (?:CASCADE|SET NULL|SET DEFAULT)",
          Pattern.CASE_INSENSITIVE);

  private static final String SELECT =
      """
      SELECT COLUMN_NAME, COLUMN_TYPE, CHARACTER_SET_NAME FROM information_schema.COLUMNS
      WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION
      """;

  /** The layout of the table into which followers write the time, in the same schema. */
  public TableLayout heartbeat(String name, DataSource source) {
    List<KeyColumn> columns =
        List.of(
            new KeyColumn("reader", 0, "varchar(64)", new CharsetText("utf8mb4", source)),
            new KeyColumn("beat", 1, "bigint", null));
    return new TableLayout(schema, name, columns.size(), columns, false, "");
  }

  /** Whether the log's name of a table is this one's. */
  boolean isTable(String schemaOfIt, String name) {
    return schemaOfIt.equalsIgnoreCase(schema) && name.equalsIgnoreCase(table);
  }

  private record Column(String name, String type, @Nullable String charset) {}

  /**
   * Asks the server.
   *
   * @param key the key's columns
   * @param source pool of the followed server, for texts that only the server can convert
   * @throws ConfigurationException if a key column has a type that the log tells in another form
   *     than a page
   */
  public static TableLayout read(DataSource source, String table, List<String> key)
      throws SQLException {
    try (Connection connection = source.getConnection()) {
      List<Column> columns = columns(connection, table);
      List<KeyColumn> found = new ArrayList<>();
      for (String name : key) {
        found.add(keyColumn(columns, name, source));
      }
      return new TableLayout(
          connection.getCatalog(),
          table,
          columns.size(),
          List.copyOf(found),
          cascade(connection, table) != null,
          columns.stream()
              .map(column -> column.name() + " " + column.type() + " " + column.charset())
              .collect(Collectors.joining("\n")));
    }
  }

  /**
   * The first foreign key of a table that changes its rows with those of another.
   *
   * @return such as {@code ON DELETE CASCADE}; null where there is none
   */
  public static @Nullable String cascade(Connection connection, String table) throws SQLException {
    String quoted = SqlNames.quote(table);
    try (java.sql.Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW CREATE TABLE " + quoted)) {
      row.next();
      Matcher cascade = CASCADE.matcher(row.getString(2));
      return cascade.find() ? cascade.group().replaceFirst("(?s).* ON ", "ON ") : null;
    }
  }

  private static List<Column> columns(Connection connection, String table) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, table);
      List<Column> columns = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          columns.add(new Column(row.getString(1), row.getString(2), row.getString(3)));
        }
      }
      return columns;
    }
  }

  private static KeyColumn keyColumn(List<Column> columns, String name, DataSource source) {
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (column.name().equalsIgnoreCase(name)) {
        if (!KeyColumn.isReadable(column.type())) {
          throw new ConfigurationException(
              "source.key: '"
                  + name
                  + "' is a "
                  + column.type()
                  + ", whose values the binary log does not tell as text; --follow cannot be used,"
                  + " backfill --cron can");
        }
        String charset = column.charset();
        boolean isText = charset != null && !charset.equals("binary");
        return new KeyColumn(
            column.name(),
            i,
            column.type(),
            isText ? new CharsetText(String.valueOf(charset), source) : null);
      }
    }
    throw new ConfigurationException("source.key: there is no column '" + name + "' any more");
  }
}
