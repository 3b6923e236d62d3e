package io.picklift.app.job;

import io.picklift.app.config.Config;
import io.picklift.app.config.ConfigReader;
import io.picklift.app.source.ProgressListener;
import io.picklift.schema.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A small game with its saves in a table {@code saves}, and an empty target; both on the test's
 * server.
 */
public final class Game {
  private final TestDatabase database = TestDatabase.get();
  private final String source;
  private final String target;
  private final Path folder;

  /** An empty source table and an empty target. */
  public Game(Path folder) throws SQLException, IOException {
    this.folder = folder;
    source = database.freshSchema();
    target = database.freshSchema();
    source(
        "CREATE TABLE saves (id VARCHAR(40) NOT NULL PRIMARY KEY, name VARCHAR(40), level INT, json LONGTEXT,"
            + " changed INT NOT NULL DEFAULT 0, data LONGBLOB)");
    try (InputStream mapping = resource("mapping.yaml")) {
      Files.write(folder.resolve("mapping.yaml"), mapping.readAllBytes());
    }
    configure("");
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(Game.class.getResourceAsStream("/game/" + name), name);
  }

  /** One of the twelve saves. */
  public static byte[] save(int number) throws IOException {
    try (InputStream in = resource(String.format("save%02d.pkl", number % 12))) {
      return in.readAllBytes();
    }
  }

  /** Writes picklift.yaml, with more lines for its source. */
  public void configure(String more) throws IOException {
    configure("table: saves\n  key: id\n  blob: data\n" + more, target);
  }

  /** Writes picklift.yaml with these lines for its source and this target. */
  public void configure(String sourceLines, String targetUrl) throws IOException {
    Files.writeString(
        file(),
        """
        source:
          url: %s
          username: %s
          password: "%s"
          %s
        target:
          url: %s
          username: %s
          password: "%s"
        mapping: mapping.yaml
        """
            .formatted(
                source,
                database.username(),
                database.password(),
                sourceLines,
                targetUrl,
                database.username(),
                database.password()));
  }

  /** Adds lines to picklift.yaml. */
  public void append(String lines) throws IOException {
    Files.writeString(file(), Files.readString(file()) + lines);
  }

  public Path file() {
    return folder.resolve("picklift.yaml");
  }

  public String sourceUrl() {
    return source;
  }

  public String targetUrl() {
    return target;
  }

  public Config config() {
    return ConfigReader.read(file());
  }

  /** Adds a row, or replaces it. */
  public void put(String id, byte @Nullable [] save) throws SQLException {
    try (Connection connection = database.connect(source);
        PreparedStatement replace =
            connection.prepareStatement("REPLACE INTO saves (id, data) VALUES (?, ?)")) {
      replace.setString(1, id);
      replace.setBytes(2, save);
      replace.executeUpdate();
    }
  }

  /** Adds so many rows, {@code p0000} and on. */
  public void fill(int rows) throws SQLException, IOException {
    try (Connection connection = database.connect(source);
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO saves (id, data) VALUES (?, ?)")) {
      connection.setAutoCommit(false);
      for (int i = 0; i < rows; i++) {
        insert.setString(1, String.format("p%04d", i));
        insert.setBytes(2, save(i));
        insert.executeUpdate();
      }
      connection.commit();
    }
  }

  public void source(String sql) throws SQLException {
    execute(source, sql);
  }

  public void target(String sql) throws SQLException {
    execute(target, sql);
  }

  private void execute(String url, String sql) throws SQLException {
    try (Connection connection = database.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A new connection to the target. */
  public Connection targetConnection() throws SQLException {
    return database.connect(target);
  }

  /** A new connection to any URL of the test's server. */
  public Connection connection(String url) throws SQLException {
    return database.connect(url);
  }

  /** A number from the target. */
  public long number(String sql) throws SQLException {
    try (Connection connection = database.connect(target);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : -1;
    }
  }

  /** A text from the target; null for NULL or no row. */
  public @Nullable String text(String sql) throws SQLException {
    try (Connection connection = database.connect(target);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  public Jobs open() throws Exception {
    return Jobs.open(config(), JobOptions.defaults(), ProgressListener.NONE);
  }
}
