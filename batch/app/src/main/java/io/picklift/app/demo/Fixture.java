package io.picklift.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The saves of {@code samples/baolife}, as its table holds them.
 *
 * @param rows rows of {@code lifesim_savegames}
 * @param messages rows of {@code messages}
 * @param blobBytes all BLOBs together
 */
public record Fixture(long rows, long messages, long blobBytes) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> SAVE =
      List.of("id", "firstname", "lastname", "ageDays", "ageYears", "json");
  private static final List<String> MESSAGE =
      List.of("id", "partner", "player", "message", "sender", "date");

  /** Copies the sample's mapping to a file. */
  static void writeMapping(Path file) throws IOException {
    try (InputStream mapping = resource("/baolife/mapping.yaml")) {
      Files.write(file, mapping.readAllBytes());
    }
  }

  /** Loads both tables of the source, in one transaction. */
  public static Fixture load(Connection connection) throws SQLException {
    Map<String, byte[]> files = unpack();
    connection.setAutoCommit(false);
    long rows = 0;
    long bytes = 0;
    String sql =
        """
        INSERT INTO lifesim_savegames
          (id, firstname, lastname, ageDays, ageYears, json, pickle_data)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (JsonNode row : lines(files, "rows.ndjson")) {
        set(insert, row, SAVE);
        byte[] blob = row.get("blob").isNull() ? null : files.get(row.get("blob").asText());
        insert.setBytes(SAVE.size() + 1, blob);
        insert.executeUpdate();
        rows++;
        bytes += blob == null ? 0 : blob.length;
      }
    }
    long messages = loadMessages(connection, files);
    connection.commit();
    connection.setAutoCommit(true);
    return new Fixture(rows, messages, bytes);
  }

  private static long loadMessages(Connection connection, Map<String, byte[]> files)
      throws SQLException {
    String sql =
        "INSERT INTO messages (id, partner, player, message, sender, date) VALUES (?, ?, ?, ?, ?,"
            + " ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      List<JsonNode> messages = lines(files, "messages.ndjson");
      for (JsonNode message : messages) {
        set(insert, message, MESSAGE);
        insert.addBatch();
      }
      insert.executeBatch();
      return messages.size();
    }
  }

  private static void set(PreparedStatement insert, JsonNode row, List<String> columns)
      throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      insert.setObject(i + 1, value(row.get(columns.get(i))));
    }
  }

  private static @Nullable Object value(JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    return value.isNumber() ? (Object) value.asLong() : value.asText();
  }

  private static List<JsonNode> lines(Map<String, byte[]> files, String name) {
    byte[] file = Objects.requireNonNull(files.get(name), name);
    return new String(file, StandardCharsets.UTF_8).lines().map(Fixture::parse).toList();
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> unpack() {
    Map<String, byte[]> files = new HashMap<>();
    try (InputStream file = resource("/baolife/saves.tar.gz");
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new GzipCompressorInputStream(new BufferedInputStream(file)))) {
      TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null) {
        files.put(entry.getName(), tar.readAllBytes());
        entry = tar.getNextEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the sample saves in picklift.jar are damaged", e);
    }
    return files;
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(Fixture.class.getResourceAsStream(name), name);
  }
}
