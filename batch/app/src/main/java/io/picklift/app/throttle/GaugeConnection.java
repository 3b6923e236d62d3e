package io.picklift.app.throttle;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.config.Database;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A connection of a gauge's own: it must get an answer while the run's are all at work. */
final class GaugeConnection implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 5;

  private final String role;
  private final Database database;
  private final HikariDataSource pool;

  private GaugeConnection(String role, Database database, HikariDataSource pool) {
    this.role = role;
    this.database = database;
    this.pool = pool;
  }

  /**
   * Connects.
   *
   * @param role {@code source}, {@code target} or {@code replica}
   */
  static GaugeConnection open(String role, Database database) throws DatabaseException {
    return new GaugeConnection(role, database, Pools.open(role, database, 1));
  }

  /** Reads an answer. */
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> T ask(String sql, Reader<T> reader) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(PATIENCE_SECONDS);
      try (ResultSet row = statement.executeQuery(sql)) {
        return reader.read(row);
      }
    }
  }

  String role() {
    return role;
  }

  Database database() {
    return database;
  }

  @Override
  public void close() {
    pool.close();
  }
}
