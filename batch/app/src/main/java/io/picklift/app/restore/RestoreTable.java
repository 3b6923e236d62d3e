package io.picklift.app.restore;

import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.source.KeyKind;
import io.picklift.app.source.SaveKey;
import io.picklift.schema.tables.rows.SqlNames;
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
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A table like the source's, with key and BLOB, that restored saves are written into. A row that is
 * there already gets the restored BLOB; its other columns stay.
 */
public final class RestoreTable implements RestoredSaves.Sink, AutoCloseable {
  /** How many bytes a transaction takes at most, beside its last BLOB. */
  private static final long BATCH_BYTES = 16L << 20;

  private static final int BATCH_SAVES = 500;

  private final Connection connection;
  private final PreparedStatement insert;
  private final List<KeyKind> kinds;
  private final String name;
  private final String source;
  private final RestoreProgress before;
  private RestoreProgress progress;
  private long pendingBytes;
  private int pendingSaves;
  private boolean isPartial;

  private RestoreTable(
      Connection connection,
      PreparedStatement insert,
      List<KeyKind> kinds,
      String name,
      String source,
      RestoreProgress before) {
    this.connection = connection;
    this.insert = insert;
    this.kinds = kinds;
    this.name = name;
    this.source = source;
    this.before = before;
    this.progress = before;
  }

  static RestoreTable open(Config config, DataSource target, String name) throws SQLException {
    List<String> keys = config.source().key();
    String blob = config.source().blob();
    String source = config.source().label();
    Connection connection = target.getConnection();
    boolean isOpen = false;
    try {
      RestoreProgress before = null;
      // An account that may not make tables does where it is there.
      if (isThere(connection, name)) {
        before = RestoreProgress.find(connection, name, source);
      } else {
        try (Statement statement = connection.createStatement()) {
          statement.execute(create(name, keys, blob, sourceTypes(config)));
        }
      }
      List<KeyKind> kinds = kinds(connection, name, keys, blob);
      if (before != null && !hasRow(connection, name, keys, kinds, before.lastKey())) {
        // It was emptied since.
        before = null;
      }
      connection.setAutoCommit(false);
      PreparedStatement insert = connection.prepareStatement(insert(name, keys, blob));
      isOpen = true;
      return new RestoreTable(
          connection, insert, kinds, name, source, before == null ? RestoreProgress.NONE : before);
    } catch (SQLSyntaxErrorException e) {
      if (ServerErrors.isDenied(e)) {
        throw e;
      }
      throw new ConfigurationException("--table " + name + ": " + e.getMessage());
    } finally {
      if (!isOpen) {
        connection.close();
      }
    }
  }

  private static boolean isThere(Connection connection, String name) throws SQLException {
    String sql =
        "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name ="
            + " ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private static boolean hasRow(
      Connection connection,
      String name,
      List<String> keys,
      List<KeyKind> kinds,
      @Nullable String key)
      throws SQLException {
    if (key == null) {
      return true;
    }
    String sql =
        "SELECT 1 FROM "
            + SqlNames.quote(name)
            + " WHERE "
            + keys.stream()
                .map(c -> SqlNames.quote(c) + " = ?")
                .collect(Collectors.joining(" AND "));
    List<String> parts = SaveKey.parse(key, keys.size()).parts();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < kinds.size(); i++) {
        kinds.get(i).bind(select, i + 1, parts.get(i));
      }
      try (ResultSet row = select.executeQuery()) {
        return row.next();
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
    String columns = SqlNames.quote(keys) + ", " + SqlNames.quote(blob);
    try (Statement statement = connection.createStatement();
        ResultSet none =
            statement.executeQuery(
                "SELECT " + columns + " FROM " + SqlNames.quote(name) + " LIMIT 0")) {
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
          SqlNames.quote(key)
              + " "
              + types.getOrDefault(key, "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
              + " NOT NULL");
    }
    columns.add(SqlNames.quote(blob) + " " + types.getOrDefault(blob, "LONGBLOB") + " NULL");
    String key = SqlNames.quote(keys);
    return "CREATE TABLE IF NOT EXISTS "
        + SqlNames.quote(name)
        + " ("
        + String.join(", ", columns)
        + ", PRIMARY KEY ("
        + key
        + "))";
  }

  private static String insert(String name, List<String> keys, String blob) {
    String columns = SqlNames.quote(keys);
    String values = String.join(", ", Collections.nCopies(keys.size(), "?"));
    return "INSERT INTO "
        + SqlNames.quote(name)
        + " ("
        + columns
        + ", "
        + SqlNames.quote(blob)
        + ") VALUES ("
        + values
        + ", ?) ON DUPLICATE KEY UPDATE "
        + SqlNames.quote(blob)
        + " = VALUES("
        + SqlNames.quote(blob)
        + ")";
  }

  @Override
  public void save(SaveKey key, byte[] blob) throws SQLException {
    for (int i = 0; i < kinds.size(); i++) {
      kinds.get(i).bind(insert, i + 1, key.parts().get(i));
    }
    insert.setBytes(kinds.size() + 1, blob);
    insert.executeUpdate();
    pendingBytes += blob.length;
  }

  /** What its own connection had not committed is lost with it. */
  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public RestoreProgress before() {
    isPartial = true;
    return before;
  }

  @Override
  public void done(RestoreProgress soFar) throws SQLException {
    progress = soFar;
    pendingSaves++;
    if (pendingBytes > BATCH_BYTES || pendingSaves == BATCH_SAVES) {
      if (isPartial) {
        progress.enter(connection, name, source);
      }
      commit();
    }
  }

  private void commit() throws SQLException {
    connection.commit();
    pendingBytes = 0;
    pendingSaves = 0;
  }

  /** How many saves an earlier restore into this table had done when it was killed. */
  public long doneBefore() {
    RestoreSummary summary = before.summary();
    return isPartial ? summary.unchanged() + summary.changed() + summary.failed() : 0;
  }

  /** All is done: commits what was not yet, and forgets how far it was. */
  public void finish() throws SQLException {
    if (isPartial) {
      RestoreProgress.forget(connection, name);
    }
    commit();
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
