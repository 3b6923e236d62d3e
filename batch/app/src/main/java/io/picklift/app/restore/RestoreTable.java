package io.picklift.app.restore;

import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.LostConnection;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.source.KeyKind;
import io.picklift.app.source.SaveKey;
import io.picklift.app.workers.scan.SharedScan;
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

  private final DataSource target;
  private final TargetLock lock;
  private final String sql;
  private final List<KeyKind> kinds;
  private final String name;
  private final String source;
  private final RestoreProgress before;
  private final @Nullable String note;
  private Connection connection;
  private PreparedStatement insert;
  private long pendingBytes;
  private int pendingSaves;
  private boolean isPartial;

  private RestoreTable(
      DataSource target, TargetLock lock, Connection connection, String sql, Opened opened)
      throws SQLException {
    this.target = target;
    this.lock = lock;
    this.sql = sql;
    this.kinds = opened.kinds();
    this.name = opened.name();
    this.source = opened.source();
    this.before = opened.before();
    this.note = opened.note();
    this.connection = connection;
    this.insert = connection.prepareStatement(sql);
  }

  /** A table that is there, and how far an earlier restore into it was. */
  private record Opened(
      String name,
      String source,
      List<KeyKind> kinds,
      RestoreProgress before,
      @Nullable String note) {}

  /** The source's types of key and BLOB; none where it cannot be asked, and why. */
  private record SourceTypes(Map<String, String> types, @Nullable String note) {}

  static RestoreTable open(Config config, DataSource target, TargetLock lock, String name)
      throws SQLException {
    List<String> keys = config.source().key();
    String blob = config.source().blob();
    String source = config.source().label();
    Connection connection = target.getConnection();
    boolean isOpen = false;
    try {
      RestoreProgress before = null;
      String note = null;
      // An account that may not make tables does where it is there.
      if (isThere(connection, name)) {
        before = RestoreProgress.find(connection, name, source);
      } else {
        SourceTypes types = sourceTypes(config);
        note = types.note();
        try (Statement statement = connection.createStatement()) {
          statement.execute(create(name, keys, blob, types.types()));
        }
      }
      List<KeyKind> kinds = kinds(connection, name, keys, blob);
      if (before != null && !hasRow(connection, name, keys, kinds, before.lastKey())) {
        // It was emptied since.
        before = null;
      }
      connection.setAutoCommit(false);
      Opened opened =
          new Opened(name, source, kinds, before == null ? RestoreProgress.NONE : before, note);
      RestoreTable table =
          new RestoreTable(target, lock, connection, insert(name, keys, blob), opened);
      isOpen = true;
      return table;
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
        """
        SELECT 1 FROM information_schema.tables
        WHERE table_schema = DATABASE() AND table_name = ?
        """;
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
    String isKey =
        keys.stream().map(c -> SqlNames.quote(c) + " = ?").collect(Collectors.joining(" AND "));
    String sql = "SELECT 1 FROM %s WHERE %s".formatted(SqlNames.quote(name), isKey);
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

  /** Going back is possible without the source: then keys are text. */
  private static SourceTypes sourceTypes(Config config) {
    Database database = config.source().database();
    if (database == null) {
      return new SourceTypes(Map.of(), null);
    }
    try (var source = Pools.open("source", database, 1);
        Connection connection = source.getConnection()) {
      return new SourceTypes(types(connection, config.source().table()), null);
    } catch (DatabaseException | SQLException e) {
      return new SourceTypes(
          Map.of(),
          "the source cannot be asked for its columns' types, so the new table has"
              + " VARCHAR(255) keys and a LONGBLOB: "
              + e.getMessage());
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
  static List<KeyKind> kinds(Connection connection, String name, List<String> keys, String blob)
      throws SQLException {
    String sql =
        "SELECT %s, %s FROM %s LIMIT 0"
            .formatted(SqlNames.quote(keys), SqlNames.quote(blob), SqlNames.quote(name));
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery(sql)) {
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
    return "CREATE TABLE IF NOT EXISTS %s (%s, PRIMARY KEY (%s))"
        .formatted(SqlNames.quote(name), String.join(", ", columns), SqlNames.quote(keys));
  }

  static String insert(String name, List<String> keys, String blob) {
    return """
    INSERT INTO %1$s (%2$s, %3$s) VALUES (%4$s, ?)
    ON DUPLICATE KEY UPDATE %3$s = VALUES(%3$s)
    """
        .formatted(
            SqlNames.quote(name),
            SqlNames.quote(keys),
            SqlNames.quote(blob),
            String.join(", ", Collections.nCopies(keys.size(), "?")));
  }

  @Override
  public void save(SaveKey key, byte[] blob) throws SQLException {
    save(insert, kinds, key, blob);
    pendingBytes += blob.length;
  }

  /** Writes one with the statement that {@link #insert} gives. */
  static void save(PreparedStatement insert, List<KeyKind> kinds, SaveKey key, byte[] blob)
      throws SQLException {
    for (int i = 0; i < kinds.size(); i++) {
      kinds.get(i).bind(insert, i + 1, key.parts().get(i));
    }
    insert.setBytes(kinds.size() + 1, blob);
    insert.executeUpdate();
  }

  /** Whether it has no row, so that nothing of an earlier restore is in it. */
  boolean isEmpty() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT 1 FROM " + SqlNames.quote(name) + " LIMIT 1")) {
      boolean isEmpty = !row.next();
      connection.rollback();
      return isEmpty;
    }
  }

  /** All is restored, by whoever did it: nothing to go on with. */
  void forget() throws SQLException {
    RestoreProgress.forget(connection, name);
    commit();
  }

  String name() {
    return name;
  }

  TargetLock lock() {
    return lock;
  }

  @Override
  public RestoreProgress before() {
    isPartial = true;
    return before;
  }

  @Override
  public boolean done(RestoreProgress progress) throws SQLException {
    pendingSaves++;
    if (pendingBytes <= BATCH_BYTES && pendingSaves < BATCH_SAVES) {
      return false;
    }
    if (isPartial) {
      progress.enter(connection, name, source);
    }
    commit();
    return true;
  }

  @Override
  public void keep() throws SQLException {
    if (isPartial) {
      // All is restored: nothing to go on with, with workers or without.
      RestoreProgress.forget(connection, name);
      SharedScan.forget(connection, RestoreScan.STEP);
    }
    commit();
  }

  private void commit() throws SQLException {
    lock.hold();
    connection.commit();
    pendingBytes = 0;
    pendingSaves = 0;
  }

  /** What its own connection had not committed is lost with it. */
  @Override
  public void again() throws SQLException {
    lock.hold();
    LostConnection.end(connection);
    connection.close();
    connection = target.getConnection();
    connection.setAutoCommit(false);
    insert = connection.prepareStatement(sql);
    pendingBytes = 0;
    pendingSaves = 0;
  }

  /** What is to be known of a table that was made just now; null where nothing is. */
  public @Nullable String note() {
    return note;
  }

  /** How many saves an earlier restore into this table had done when it was killed. */
  public long doneBefore() {
    RestoreSummary summary = before.summary();
    return isPartial ? summary.unchanged() + summary.changed() + summary.failed() : 0;
  }

  /** Rolls back what was not committed. */
  @Override
  public void close() throws SQLException {
    try (Connection open = connection;
        PreparedStatement prepared = insert) {
      prepared.clearParameters();
      open.rollback();
      open.setAutoCommit(true);
    }
  }
}
