package io.picklift.bench.chaos;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The table {@code saves} of a run's source. */
final class SourceTable {
  private final ChaosServer server;
  private final String schema;
  private final World world;
  private final Random random;

  SourceTable(ChaosServer server, String schema, World world, long seed) {
    this.server = server;
    this.schema = schema;
    this.world = world;
    random = new Random(seed);
  }

  void create() throws SQLException {
    server.execute(
        schema, "CREATE TABLE saves (id VARCHAR(40) NOT NULL PRIMARY KEY, data LONGBLOB)");
  }

  /** Adds rows with any BLOBs. */
  void fill(int rows) throws SQLException {
    try (Connection connection = server.connect(schema)) {
      connection.setAutoCommit(false);
      for (int i = 0; i < rows; i++) {
        put(connection, key(i), world.any(random));
      }
      connection.commit();
    }
  }

  /** Adds a row for each BLOB that there is. */
  void fillWithAll() throws SQLException {
    List<byte @Nullable []> blobs = world.blobs();
    try (Connection connection = server.connect(schema)) {
      for (int i = 0; i < blobs.size(); i++) {
        put(connection, key(i), blobs.get(i));
      }
    }
  }

  private static String key(int number) {
    return "k%05d".formatted(number);
  }

  private static void put(Connection connection, String key, byte @Nullable [] blob)
      throws SQLException {
    try (PreparedStatement replace =
        connection.prepareStatement("REPLACE INTO saves (id, data) VALUES (?, ?)")) {
      replace.setString(1, key);
      replace.setBytes(2, blob);
      replace.executeUpdate();
    }
  }

  /** Adds, changes, deletes or swaps a few of so many rows. */
  void change(int changes, int rows) throws SQLException {
    try (Connection connection = server.connect(schema)) {
      for (int i = 0; i < changes; i++) {
        int number = random.nextInt(rows + 20);
        switch (random.nextInt(3)) {
          case 0 -> delete(connection, key(number));
          case 1 -> swap(connection, key(number), key(random.nextInt(rows)));
          default -> put(connection, key(number), world.any(random));
        }
      }
    }
  }

  private static void delete(Connection connection, String key) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM saves WHERE id = ?")) {
      delete.setString(1, key);
      delete.executeUpdate();
    }
  }

  private static void swap(Connection connection, String one, String other) throws SQLException {
    String sql =
        """
        UPDATE saves a JOIN saves b ON a.id = ? AND b.id = ? SET a.data = b.data, b.data = a.data
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, one);
      update.setString(2, other);
      update.executeUpdate();
    }
  }

  /** Each key with its BLOB's hash. */
  Map<String, String> hashes() throws SQLException {
    Map<String, String> hashes = new HashMap<>();
    String sql = "SELECT id, COALESCE(UPPER(SHA2(data, 256)), 'NULL') FROM saves";
    for (String line : server.lines(schema, sql)) {
      int bar = line.indexOf('|');
      hashes.put(line.substring(0, bar), line.substring(bar + 1));
    }
    return hashes;
  }
}
