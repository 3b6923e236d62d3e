package io.picklift.app.follow.place;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import io.picklift.app.follow.log.LogStart;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Asks a server about its binary log. */
public final class ServerLog {
  /** Where the first event of a file stands. */
  private static final long FILE_BEGIN = 4;

  private static final String SETTINGS =
      """
      SHOW GLOBAL VARIABLES WHERE Variable_name IN ('server_uuid', 'server_uid', 'log_bin',
        'binlog_format', 'binlog_row_image', 'binlog_row_value_options', 'gtid_mode',
        'log_bin_compress', 'sync_binlog', 'innodb_flush_log_at_trx_commit', 'log_replica_updates',
        'log_slave_updates', 'innodb_native_foreign_keys', 'version')
      """;

  private final DataSource source;

  public ServerLog(DataSource source) {
    this.source = source;
  }

  /**
   * The settings that matter to a log, by their names; one that the server does not know is left
   * out.
   */
  public Map<String, String> settings() throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SETTINGS)) {
      Map<String, String> settings = new HashMap<>();
      while (row.next()) {
        settings.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2));
      }
      return settings;
    }
  }

  /** Whether the server's tables keep what its log has, however it ends. */
  public boolean isDurable() throws SQLException {
    Map<String, String> settings = settings();
    return "1".equals(settings.get("sync_binlog"))
        && "1".equals(settings.get("innodb_flush_log_at_trx_commit"));
  }

  /** Whether the server replicates another one. */
  public boolean isReplica() throws SQLException {
    String sql = isMaria(settings()) ? "SHOW ALL REPLICAS STATUS" : "SHOW REPLICA STATUS";
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next();
    }
  }

  private static boolean isMaria(Map<String, String> settings) {
    return settings.getOrDefault("version", "").contains("MariaDB");
  }

  private static String server(Map<String, String> settings) {
    return settings.getOrDefault("server_uuid", settings.getOrDefault("server_uid", ""));
  }

  /**
   * The place behind which all that is before it can be seen. The offset that the server tells of
   * its log's end is no such place: a transaction is in the log a moment before it is visible.
   */
  public LogPlace visible() throws SQLException {
    Map<String, String> settings = settings();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      if (isMaria(settings)) {
        return snapshot(statement, server(settings));
      }
      String gtids = gtids(settings, statement);
      LogPlace end = end(statement, server(settings));
      return new LogPlace(end.server(), gtids, end.file(), FILE_BEGIN);
    }
  }

  /** The place behind which all is that was committed when this is called. */
  public LogPlace end() throws SQLException {
    Map<String, String> settings = settings();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      LogPlace end = end(statement, server(settings));
      String gtids = isMaria(settings) ? null : gtids(settings, statement);
      return new LogPlace(end.server(), gtids, end.file(), end.offset());
    }
  }

  /** All executed transactions; null where there are no numbers, or some that have tags. */
  private static @Nullable String gtids(Map<String, String> settings, Statement statement)
      throws SQLException {
    if (!"ON".equalsIgnoreCase(settings.get("gtid_mode"))) {
      return null;
    }
    try (ResultSet row = statement.executeQuery("SELECT @@GLOBAL.gtid_executed")) {
      row.next();
      return GtidSet.parse(row.getString(1)).toString();
    } catch (NumberFormatException e) {
      // A tag stands where a number is expected.
      return null;
    }
  }

  private static LogPlace snapshot(Statement statement, String server) throws SQLException {
    statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
    try (ResultSet row = statement.executeQuery("SHOW STATUS LIKE 'binlog_snapshot_%'")) {
      Map<String, String> snapshot = new HashMap<>();
      while (row.next()) {
        snapshot.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2));
      }
      return new LogPlace(
          server,
          null,
          snapshot.getOrDefault("binlog_snapshot_file", ""),
          Long.parseLong(snapshot.getOrDefault("binlog_snapshot_position", "4")));
    } finally {
      statement.execute("COMMIT");
    }
  }

  private static LogPlace end(Statement statement, String server) throws SQLException {
    try (ResultSet row = status(statement)) {
      return row.next()
          ? new LogPlace(server, null, row.getString(1), row.getLong(2))
          : new LogPlace(server, null, "", FILE_BEGIN);
    }
  }

  /** What {@code SHOW BINARY LOG STATUS} says, by whatever name the server knows it. */
  public static ResultSet status(Statement statement) throws SQLException {
    try {
      return statement.executeQuery("SHOW BINARY LOG STATUS");
    } catch (SQLException e) {
      if (e.getErrorCode() != MysqlErrorNumbers.ER_PARSE_ERROR) {
        throw e;
      }
      return statement.executeQuery("SHOW MASTER STATUS");
    }
  }

  /** Whether a place comes after another in the files of one server's log. */
  public static boolean isBeyond(LogPlace place, LogPlace other) {
    int order = Long.compare(LogStart.number(place.file()), LogStart.number(other.file()));
    return order > 0 || (order == 0 && place.offset() > other.offset());
  }

  /** Whether all that is before {@code wanted} is before {@code reached}, on one server. */
  public boolean covers(LogPlace reached, LogPlace wanted) throws SQLException {
    String gtids = wanted.gtids();
    String known = reached.gtids();
    if (gtids == null || known == null) {
      return !isBeyond(wanted, reached);
    }
    return is("SELECT GTID_SUBSET(?, ?)", gtids, known);
  }

  /** Whether a place that is visible is the beginning of a file, since there is no other. */
  public boolean isByFileAlone(LogPlace visible) {
    return visible.gtids() == null && visible.offset() == FILE_BEGIN;
  }

  /** Why following cannot go on from a place; null where it can. */
  public @Nullable String gone(LogPlace place) throws SQLException {
    String gtids = place.gtids();
    Map<String, String> settings = settings();
    if (gtids == null) {
      if (!place.server().equals(server(settings))) {
        return "the server is another one than the one whose log was followed";
      }
      return isFileThere(place) ? null : "the server has purged its log " + place.file();
    }
    if (!"ON".equalsIgnoreCase(settings.get("gtid_mode"))) {
      return "the server no longer numbers its transactions";
    }
    if (!is("SELECT GTID_SUBSET(?, @@GLOBAL.gtid_executed)", gtids)) {
      return "the server lacks transactions that were followed";
    }
    return is("SELECT GTID_SUBSET(@@GLOBAL.gtid_purged, ?)", gtids)
        ? null
        : "the server has purged transactions that were not yet followed";
  }

  /** What the server answers to a question about sets of transactions. */
  private boolean is(String sql, String... sets) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < sets.length; i++) {
        select.setString(i + 1, sets[i]);
      }
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private boolean isFileThere(LogPlace place) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW BINARY LOGS")) {
      while (row.next()) {
        if (row.getString(1).equals(place.file())) {
          return row.getLong(2) >= place.offset();
        }
      }
      return false;
    }
  }
}
