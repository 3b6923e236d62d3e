package io.picklift.samples.baolife;

import io.picklift.app.config.Config;
import io.picklift.app.config.ConfigReader;
import io.picklift.app.demo.Fixture;
import io.picklift.schema.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** The sample's table with the fixture in it, an empty target, and the configuration for both. */
final class Baolife {
  private final TestDatabase database = TestDatabase.get();
  private final String source = database.freshSchema();
  private final String target = database.freshSchema();
  private final Path config;

  /**
   * @param folder where the configuration goes
   */
  Baolife(Path folder) throws SQLException, IOException {
    Flyway.configure()
        .dataSource(source, database.username(), database.password())
        .locations("classpath:db/sample/baolife")
        .load()
        .migrate();
    try (Connection connection = source()) {
      Fixture.load(connection);
    }
    config = folder.resolve("picklift.yaml");
    Files.writeString(
        config,
        String.join(
            "\n",
            "source:",
            "  url: " + source,
            "  username: " + database.username(),
            "  password: '" + database.password() + "'",
            "  table: lifesim_savegames",
            "  key: id",
            "  blob: pickle_data",
            "  columns: {firstname: c.firstname, lastname: c.lastname, ageDays: c.ageDays, ageYears: c.ageYears}",
            "  json: json",
            "target:",
            "  url: " + target,
            "  username: " + database.username(),
            "  password: '" + database.password() + "'",
            "mapping: " + Path.of("baolife", "mapping.yaml").toAbsolutePath(),
            ""));
  }

  Path configFile() {
    return config;
  }

  Config config() {
    return ConfigReader.read(config);
  }

  Connection source() throws SQLException {
    return database.connect(source);
  }

  Connection target() throws SQLException {
    return database.connect(target);
  }

  /** Writes a BLOB of the source to a file. */
  Path blob(String id, Path file) throws SQLException, IOException {
    String sql = "SELECT pickle_data FROM lifesim_savegames WHERE id = ?";
    try (Connection connection = source();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, id);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalArgumentException("no row " + id);
        }
        return Files.write(file, row.getBytes(1));
      }
    }
  }

  /** Changes rows of the source; returns how many. */
  int updateSource(String sql, Object... parameters) throws SQLException {
    try (Connection connection = source()) {
      return update(connection, sql, parameters);
    }
  }

  /** Changes rows of the target; returns how many. */
  int updateTarget(String sql, Object... parameters) throws SQLException {
    try (Connection connection = target()) {
      return update(connection, sql, parameters);
    }
  }

  private static int update(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    }
  }

  /** The rows of a query in the target, each a list of its values as text. */
  List<List<@Nullable String>> query(String sql, Object... parameters) throws SQLException {
    try (Connection connection = target()) {
      return query(connection, sql, parameters);
    }
  }

  static List<List<@Nullable String>> query(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<List<@Nullable String>> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          List<@Nullable String> row = new ArrayList<>();
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            row.add(rows.getString(i));
          }
          found.add(row);
        }
      }
      return found;
    }
  }

  /** The one number that a query in the target gives. */
  long number(String sql, Object... parameters) throws SQLException {
    return Long.parseLong(Objects.requireNonNull(query(sql, parameters).get(0).get(0)));
  }
}
