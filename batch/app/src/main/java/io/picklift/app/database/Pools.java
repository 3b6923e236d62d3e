package io.picklift.app.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import io.picklift.app.config.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens connection pools, and explains in one line why a connection cannot be made. */
public final class Pools {
  /** Who waits longer does so where it is said. */
  private static final int WAIT_SECONDS = 5;

  private static final String SOCKET_TIMEOUT = "socketTimeout";
  private static final String SESSION = "sessionVariables";
  private static final String KEY_RETRIEVAL = "allowPublicKeyRetrieval";

  private static volatile @Nullable MetricsTrackerFactory measuring;

  private Pools() {}

  /** From now on all pools are measured; null for none. */
  public static void measureBy(@Nullable MetricsTrackerFactory factory) {
    measuring = factory;
  }

  /**
   * Finds out whether a server takes a connection, within seconds.
   *
   * @throws DatabaseException if it does not
   */
  public static void ping(String role, Database database, int seconds) throws DatabaseException {
    String millis = String.valueOf(TimeUnit.SECONDS.toMillis(seconds));
    Properties properties = properties(database);
    properties.setProperty("connectTimeout", millis);
    properties.setProperty(SOCKET_TIMEOUT, millis);
    connect(role, database, properties);
  }

  /**
   * Opens a pool.
   *
   * @param role {@code source} or {@code target}, for messages
   * @throws DatabaseException if no connection can be made
   */
  public static HikariDataSource open(String role, Database database, int size)
      throws DatabaseException {
    probe(role, database);
    HikariConfig config = config(role, database, size);
    config.setMinimumIdle(1);
    // The server was reached a moment ago: one that goes now is waited for by whoever asks the
    // pool.
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /**
   * Opens a pool for a database that was reached before. A LOAD DATA LOCAL may read what its
   * statement is given as a stream, and no file.
   *
   * @param nowhere a folder that cannot exist; files in any other are refused
   */
  public static HikariDataSource openForLoading(Database database, int size, Path nowhere) {
    HikariConfig config = config("loading", database, size);
    config.setMinimumIdle(0);
    // An edit may not come between the look at a save's rows and what is written: where nothing is,
    // too.
    config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    config.setInitializationFailTimeout(-1);
    // The driver takes a stream only where this is true; with a folder, files elsewhere are
    // refused.
    config.addDataSourceProperty("allowLoadLocalInfile", "true");
    config.addDataSourceProperty("allowUrlInLocalInfile", "false");
    config.addDataSourceProperty("allowLoadLocalInfileInPath", nowhere.toString());
    return new HikariDataSource(config);
  }

  private static HikariConfig config(String role, Database database, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("picklift-" + role);
    config.setMetricsTrackerFactory(measuring);
    config.setJdbcUrl(database.url());
    config.setUsername(database.username());
    config.setPassword(database.password());
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
    properties(database)
        .forEach((name, value) -> config.addDataSourceProperty((String) name, value));
    return config;
  }

  /** Once without the pool, which would wait and retry, and tell less. */
  private static void probe(String role, Database database) throws DatabaseException {
    connect(role, database, properties(database));
  }

  private static void connect(String role, Database database, Properties properties)
      throws DatabaseException {
    properties.setProperty("user", database.username());
    properties.setProperty("password", database.password());
    try (Connection connection = DriverManager.getConnection(database.url(), properties)) {
      if (!connection.isValid(10)) {
        throw new SQLException("the connection is not valid", "08S01");
      }
    } catch (SQLException e) {
      throw explain(role, database, e);
    }
  }

  private static Properties properties(Database database) {
    Properties properties = new Properties();
    if (database.isLoopback() && !database.url().contains(KEY_RETRIEVAL)) {
      // Nobody can stand between, and without encryption a new server's key has to be asked for.
      properties.setProperty(KEY_RETRIEVAL, "true");
    }
    properties.setProperty("connectTimeout", "10000");
    properties.setProperty("tcpKeepAlive", "true");
    if (!database.url().contains(SOCKET_TIMEOUT)) {
      properties.setProperty(
          SOCKET_TIMEOUT, String.valueOf(TimeUnit.SECONDS.toMillis(database.timeout())));
    }
    if (!database.url().contains(SESSION)) {
      // MySQL lets DDL wait a year for a table that someone uses.
      properties.setProperty(SESSION, "lock_wait_timeout=50");
    }
    // Times mean what is written: no server's or machine's zone moves them.
    properties.setProperty("connectionTimeZone", "UTC");
    properties.setProperty("forceConnectionTimeZoneToSession", "true");
    properties.setProperty("characterEncoding", "UTF-8");
    // Statements over hundreds of keys are long, and come again and again: the driver parses each
    // once.
    properties.setProperty("cachePrepStmts", "true");
    properties.setProperty("prepStmtCacheSize", "32");
    properties.setProperty("prepStmtCacheSqlLimit", "65536");
    // A YEAR is a number, which MySQL compares with its columns; "2024-01-01" is none.
    properties.setProperty("yearIsDateType", "false");
    return properties;
  }

  private static DatabaseException explain(String role, Database database, SQLException e) {
    String where = role + ": ";
    if (ServerErrors.isAccessDenied(e)) {
      return new DatabaseException(
          where
              + database.place()
              + " does not let user '"
              + database.username()
              + "' in with this password",
          true,
          e);
    }
    if (ServerErrors.isDatabaseDenied(e)) {
      return new DatabaseException(
          where + "user '" + database.username() + "' may not use " + database.place(), true, e);
    }
    if (ServerErrors.isUnknownDatabase(e)) {
      return new DatabaseException(
          where + "there is no database at " + database.place() + "; create it first", true, e);
    }
    if (String.valueOf(e.getMessage()).contains("Public Key Retrieval is not allowed")) {
      return new DatabaseException(
          where
              + database.place()
              + " asks for a password over a connection that is not encrypted; leave"
              + " sslMode=DISABLED out of the URL, or add "
              + KEY_RETRIEVAL
              + "=true to it",
          true,
          e);
    }
    return new DatabaseException(where + unreachable(database, e), false, e);
  }

  private static String unreachable(Database database, SQLException e) {
    if (String.valueOf(e.getSQLState()).startsWith("08")) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return "no connection to " + database.place() + ": " + firstLine(root);
    }
    return database.place() + ": " + firstLine(e);
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }
}
