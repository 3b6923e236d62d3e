package io.picklift.app.restore;

import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.source.KeyKind;
import io.picklift.app.source.SaveKey;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A table like the source's, with key and BLOB, that restored saves are written into. A row that is
 * there already gets the restored BLOB; its other columns stay.
 */
public final class RestoreTable implements RestoredSaves.Sink, AutoCloseable {
  /** How many bytes a transaction takes at most, beside its last BLOB. */
  private static final long BATCH_BYTES = 16L << 20;

  private final Connection connection;
  private final PreparedStatement insert;
  private final List<KeyKind> kinds;
  private long pending;

  private RestoreTable(Connection connection, PreparedStatement insert, List<KeyKind> kinds) {
    this.connection = connection;
    this.insert = insert;
    this.kinds = kinds;
  }

  static RestoreTable open(Config config, DataSource target, String name) throws SQLException {
    List<String> keys = config.source().key();
    String blob = config.source().blob();
    Connection connection = target.getConnection();
    boolean isOpen = false;
    try {
      Map<String, String> types = sourceTypes(config);
      try (Statement statement = connection.createStatement()) {
        statement.execute(create(name, keys, blob, types));
      }
      List<KeyKind> kinds = kinds(connection, name, keys, blob);
      connection.setAutoCommit(false);
      PreparedStatement insert = connection.prepareStatement(insert(name, keys, blob));
      isOpen = true;
      return new RestoreTable(connection, insert, kinds);
    } catch (SQLSyntaxErrorException e) {
      throw new ConfigurationException("--table " + name + ": " + e.getMessage());
    } finally {
      if (!isOpen) {
        connection.close();
      }
    }
  }

  /** The source's types of key and BLOB, so far as the source can be asked. */
  private static Map<String, String> sourceTypes(Config config) {
    Database database = config.source().database();
    if (database == null) {
      return Map.of();
    }
    try (var source = Pools.open("source", database, 1);
        Connection connection = source.getConnection()) {
      return types(connection, config.source().table());
    } catch (DatabaseException | SQLException e) {
      // Going back is possible without the source: then keys are text.
      org.slf4j.LoggerFactory.getLogger(RestoreTable.class).warn("the source cannot be asked", e);
      return Map.of();
    }
  }

  private static Map<String, String> types(Connection connection, String table)
      throws SQLException {
    String sql =
        """
        SELECT COLUMN_NAME, COLUMN_TYPE, COALESCE(CHARACTER_SET_NAME, ''), COALESCE(COLLATION_NAME, '')
        FROM information_schema.columns
        WHERE table_schema = DATABASE() AND table_name = ?
        ORDER BY ORDINAL_POSITION
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, table);
      Map<String, String> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String text =
              row.getString(3).isEmpty() ? "" : collation(row.getString(3), row.getString(4));
          types.put(row.getString(1), row.getString(2) + text);
        }
      }
      return types;
    }
  }

  private static String collation(String characterSet, String collation) {
    return " CHARACTER SET " + characterSet + " COLLATE " + collation;
  }

  /** What the keys are in the table, which may have been there with other types. */
  private static List<KeyKind> kinds(
      Connection connection, String name, List<String> keys, String blob) throws SQLException {
    String columns =
        Stream.concat(keys.stream(), Stream.of(blob))
            .map(RestoreTable::quote)
            .collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement();
        ResultSet none =
            statement.executeQuery("SELECT " + columns + " FROM " + quote(name) + " LIMIT 0")) {
      List<KeyKind> kinds = new ArrayList<>();
      for (int i = 1; i <= keys.size(); i++) {
        kinds.add(KeyKind.of(none.getMetaData().getColumnType(i)));
      }
      return kinds;
    }
  }

  private static String create(
      String name, List<String> keys, String blob, Map<String, String> types) {
    List<String> columns = new ArrayList<>();
    for (String key : keys) {
      columns.add(
          quote(key)
              + " "
              + types.getOrDefault(key, "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
              + " NOT NULL");
    }
    columns.add(quote(blob) + " " + types.getOrDefault(blob, "LONGBLOB") + " NULL");
    String key = keys.stream().map(RestoreTable::quote).collect(Collectors.joining(", "));
    return "CREATE TABLE IF NOT EXISTS "
        + quote(name)
        + " ("
        + String.join(", ", columns)
        + ", PRIMARY KEY ("
        + key
        + "))";
  }

  private static String insert(String name, List<String> keys, String blob) {
    String columns = keys.stream().map(RestoreTable::quote).collect(Collectors.joining(", "));
    String values = String.join(", ", Collections.nCopies(keys.size(), "?"));
    return "INSERT INTO "
        + quote(name)
        + " ("
        + columns
        + ", "
        + quote(blob)
        + ") VALUES ("
        + values
        + ", ?) ON DUPLICATE KEY UPDATE "
        + quote(blob)
        + " = VALUES("
        + quote(blob)
        + ")";
  }

  private static String quote(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  @Override
  public void save(SaveKey key, byte[] blob) throws SQLException {
    for (int i = 0; i < kinds.size(); i++) {
      kinds.get(i).bind(insert, i + 1, key.parts().get(i));
    }
    insert.setBytes(kinds.size() + 1, blob);
    insert.executeUpdate();
    pending += blob.length;
    if (pending > BATCH_BYTES) {
      finish();
    }
  }

  /** Commits what was not yet. */
  public void finish() throws SQLException {
    connection.commit();
    pending = 0;
  }

  /** Rolls back what was not committed. */
  @Override
  public void close() throws SQLException {
    try (connection;
        insert) {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }
}
