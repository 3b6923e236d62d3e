package io.picklift.app.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;

/**
 * The demo's two schemas on a server. On somebody's own server it never touches any that it did not
 * make.
 */
final class Schemas {
  static final String SOURCE = "picklift_demo";
  static final String TARGET = "picklift_demo_v2";

  /** Tells that the demo made the schemas, so that it may drop them. */
  private static final String MARK = "made_by_picklift_demo";

  private final Server server;

  Schemas(Server server) {
    this.server = server;
  }

  /** Makes both anew, the source with its tables. */
  void create() throws SQLException, DemoException {
    try (Connection connection = server.connect("")) {
      if (exists(connection, SOURCE, MARK)) {
        drop(connection);
      } else if (exists(connection, SOURCE) || exists(connection, TARGET)) {
        throw new DemoException(
            "the server has a schema "
                + SOURCE
                + " or "
                + TARGET
                + " that is not the demo's; drop it, or take another server");
      }
      execute(connection, "CREATE DATABASE " + SOURCE + " CHARACTER SET utf8mb4");
      execute(connection, "CREATE TABLE " + SOURCE + "." + MARK + " (made DATETIME)");
      execute(connection, "CREATE DATABASE " + TARGET + " CHARACTER SET utf8mb4");
    }
    Flyway.configure()
        .dataSource(server.url(SOURCE), server.username(), server.password())
        .locations("classpath:db/sample/baolife")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }

  /** Drops both. */
  void drop() throws SQLException {
    try (Connection connection = server.connect("")) {
      drop(connection);
    }
  }

  private static void drop(Connection connection) throws SQLException {
    // The source last: it says whose the other one is.
    execute(connection, "DROP DATABASE IF EXISTS " + TARGET);
    execute(connection, "DROP DATABASE IF EXISTS " + SOURCE);
  }

  private static boolean exists(Connection connection, String schema) throws SQLException {
    try (ResultSet row = connection.getMetaData().getCatalogs()) {
      while (row.next()) {
        if (row.getString(1).equalsIgnoreCase(schema)) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean exists(Connection connection, String schema, String table)
      throws SQLException {
    try (ResultSet row = connection.getMetaData().getTables(schema, null, table, null)) {
      return row.next();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * A server, and who the demo is there.
   *
   * @param root a JDBC URL up to the slash before the schema
   * @param options the URL's options with their question mark, or nothing
   */
  record Server(String root, String options, String username, String password) {
    /** Takes {@code jdbc:mysql://host:port/} with or without options. */
    static Server of(String url, String username, String password) throws DemoException {
      int question = url.indexOf('?');
      String place = question < 0 ? url : url.substring(0, question);
      String options = question < 0 ? "" : url.substring(question);
      if (!place.matches("jdbc:mysql://[^/]+/?")) {
        throw new DemoException("--url must be like jdbc:mysql://host:3306/, without a schema");
      }
      return new Server(place.endsWith("/") ? place : place + "/", options, username, password);
    }

    String url(String schema) {
      return root + schema + options;
    }

    Connection connect(String schema) throws SQLException {
      return DriverManager.getConnection(url(schema), username, password);
    }

    @Override
    public String toString() {
      return root;
    }
  }
}
