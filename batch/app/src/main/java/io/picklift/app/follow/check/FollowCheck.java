package io.picklift.app.follow.check;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import io.picklift.app.config.Config;
import io.picklift.app.config.SourceConfig;
import io.picklift.app.follow.log.TableLayout;
import io.picklift.app.follow.place.ServerLog;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Compares a server's settings with what following needs. Each refusal is one line that names the
 * setting or the right, and what to use instead.
 */
public final class FollowCheck {
  private static final String WITHOUT =
      "; without it, backfill --cron finds what changed by scanning";

  private final Connection connection;
  private final SourceConfig config;
  private final Map<String, String> settings;

  private FollowCheck(Connection connection, SourceConfig config, Map<String, String> settings) {
    this.connection = connection;
    this.config = config;
    this.settings = settings;
  }

  /**
   * Refuses what needs no server to be seen.
   *
   * @throws ConfigurationException if the source is none that has a log
   */
  public static void configured(Config config) {
    if (config.source().files() != null) {
      throw new ConfigurationException(
          "--follow reads a server's binary log, and the source is files: use backfill --cron");
    }
    if (config.source().replica() != null) {
      throw new ConfigurationException(
          "source.replica: --follow reads rows on the server whose log it reads; let source.url"
              + " name the replica itself (with log_replica_updates=ON), or leave source.replica"
              + " out");
    }
  }

  /**
   * Compares.
   *
   * @param account of the source, as in a GRANT
   * @throws ConfigurationException if the log cannot be followed
   */
  public static void run(DataSource source, SourceConfig config, String account)
      throws SQLException {
    Map<String, String> settings = new ServerLog(source).settings();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      FollowCheck check = new FollowCheck(connection, config, settings);
      check.log();
      check.images();
      check.filters(statement, account);
      check.replica(statement, account);
      check.table();
    }
  }

  /**
   * What a filter that keeps the table leaves out of the log all the same; null where there is
   * none. A server judges a row by its table, and a statement by the schema that was in use.
   */
  public static @Nullable String hidden(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = ServerLog.status(statement)) {
      while (row.next()) {
        for (String name : List.of("Binlog_Do_DB", "Binlog_Ignore_DB")) {
          String named = row.getString(name);
          if (named != null && !named.isEmpty()) {
            return name.toLowerCase(Locale.ROOT)
                + "="
                + named
                + " hides a TRUNCATE and other DDL that is issued while a schema which is not"
                + " logged is in use; the daily comparison finds what it changed";
          }
        }
      }
      return null;
    }
  }

  private boolean is(String name, String value) {
    return value.equalsIgnoreCase(settings.get(name));
  }

  private boolean isOn(String name) {
    return is(name, "ON") || is(name, "1");
  }

  private boolean isMaria() {
    return settings.getOrDefault("version", "").contains("MariaDB");
  }

  private static ConfigurationException wrong(String line) {
    return new ConfigurationException("source: " + line + WITHOUT);
  }

  private void log() {
    if (!isOn("log_bin")) {
      throw wrong(
          "log_bin=OFF: the server writes no binary log to follow; start it with --log-bin");
    }
    if (!is("binlog_format", "ROW")) {
      throw wrong(
          "binlog_format="
              + settings.get("binlog_format")
              + " does not tell which rows change; SET GLOBAL binlog_format = ROW");
    }
    if (isOn("log_bin_compress")) {
      throw wrong("log_bin_compress=ON: events that MariaDB compresses cannot be read");
    }
    String options = settings.getOrDefault("binlog_row_value_options", "");
    if (!options.isEmpty()) {
      throw wrong("binlog_row_value_options=" + options + " cannot be read; it is to be empty");
    }
  }

  /** A minimal image has the primary key of a row, and no other key. */
  private void images() throws SQLException {
    if (!is("binlog_row_image", "MINIMAL")) {
      return;
    }
    try (ResultSet row = connection.getMetaData().getPrimaryKeys(schema(), null, config.table())) {
      Set<String> primary = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      while (row.next()) {
        primary.add(row.getString("COLUMN_NAME"));
      }
      if (!primary.containsAll(config.key())) {
        throw wrong(
            "binlog_row_image=MINIMAL logs the primary key of a changed row, and source.key is"
                + " another; SET GLOBAL binlog_row_image = FULL");
      }
    }
  }

  private void filters(Statement statement, String account) throws SQLException {
    try (ResultSet row = ServerLog.status(statement)) {
      if (!row.next()) {
        throw wrong("the server does not say where its binary log is");
      }
      filter("binlog_do_db", row.getString("Binlog_Do_DB"), true);
      filter("binlog_ignore_db", row.getString("Binlog_Ignore_DB"), false);
    } catch (SQLException e) {
      throw denied(e, account, isMaria() ? "BINLOG MONITOR" : "REPLICATION CLIENT");
    }
  }

  private static SQLException denied(SQLException e, String account, String right) {
    if (e.getErrorCode() == MysqlErrorNumbers.ER_SPECIFIC_ACCESS_DENIED_ERROR) {
      throw wrong(missing(account, right));
    }
    return e;
  }

  /** The line about a right that is missing, without what to do else. */
  private static String missing(String account, String right) {
    return account
        + " may not "
        + right
        + " on this server: GRANT "
        + right
        + " ON *.* TO "
        + account
        + "; batch/GRANTS.md lists what each command needs";
  }

  /** The refusal of an account that may not read the log. */
  public static ConfigurationException logDenied(String account) {
    return wrong(missing(account, "REPLICATION SLAVE"));
  }

  /**
   * Looks at what a filter of the log names.
   *
   * @param isKept whether the filter keeps what it names, and leaves out all else
   */
  private void filter(String name, @Nullable String named, boolean isKept) throws SQLException {
    if (named == null || named.isEmpty()) {
      return;
    }
    boolean isNamed = Arrays.stream(named.split(",", -1)).anyMatch(schema()::equalsIgnoreCase);
    if (isNamed != isKept) {
      throw wrong(name + "=" + named + " leaves " + schema() + " out of the binary log");
    }
  }

  private String schema() throws SQLException {
    return connection.getCatalog();
  }

  /** A replica logs what it gets from its sources only where it is told to. */
  private void replica(Statement statement, String account) throws SQLException {
    String sql = isMaria() ? "SHOW ALL REPLICAS STATUS" : "SHOW REPLICA STATUS";
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        if (!isOn("log_replica_updates") && !isOn("log_slave_updates")) {
          throw wrong(
              "log_replica_updates=OFF: this replica does not log what it replicates; set it ON, or"
                  + " follow its source");
        }
        String table = schema() + "." + config.table();
        String rule = ReplicaFilter.leavingOut(row, schema(), table);
        if (rule != null) {
          throw wrong(rule + " leaves " + table + " out of what is replicated");
        }
      }
    } catch (SQLException e) {
      throw denied(e, account, isMaria() ? "REPLICA MONITOR" : "REPLICATION CLIENT");
    }
  }

  private void table() throws SQLException {
    try (ResultSet row =
        connection.getMetaData().getTables(schema(), null, config.table(), new String[] {"VIEW"})) {
      if (row.next()) {
        throw wrong("'" + config.table() + "' is a view, and the log has the rows of tables");
      }
    }
    boolean isLogged =
        !isMaria() && "OFF".equalsIgnoreCase(settings.get("innodb_native_foreign_keys"));
    String cascade = TableLayout.cascade(connection, config.table());
    if (cascade != null && !isLogged) {
      throw wrong(
          "'"
              + config.table()
              + "' has a foreign key with "
              + cascade
              + ", and this server does not log the rows that it changes so"
              + (isMaria() ? "" : " (innodb_native_foreign_keys)"));
    }
  }
}
