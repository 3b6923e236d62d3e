package io.picklift.app.target;

import io.picklift.app.config.Config;
import io.picklift.app.config.ConfigReader;
import io.picklift.schema.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** A target as commit 537887c left it, loaded from a dump that {@code old_target.py} made. */
final class OldTarget {
  private static final List<String> TOOLKIT =
      List.of("picklift_", "PICKLIFT_BATCH_", "saves", "save_sequence");

  private final TestDatabase database = TestDatabase.get();
  private final Path folder;
  private final String url;

  /** Loads the dump of that name, of a table or of an archive, as that server wrote it. */
  OldTarget(Path folder, String name, String server) throws IOException, SQLException {
    this.folder = folder;
    url = database.freshSchema();
    for (String file :
        List.of("game.yaml", "game.py", "life.yaml", "life.tar.gz", "shop.yaml", "shop.tar.gz")) {
      Files.write(folder.resolve(file), resource(file));
    }
    try (InputStream in = open(name + "-" + server + ".sql.gz");
        GZIPInputStream dump = new GZIPInputStream(in);
        Connection connection = database.connect(url);
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute("SET FOREIGN_KEY_CHECKS = 0");
      String text = new String(dump.readAllBytes(), StandardCharsets.UTF_8);
      for (int start = 0, end = text.indexOf(";\n");
          end >= 0;
          start = end + 2, end = text.indexOf(";\n", start)) {
        statement.execute(text.substring(start, end));
      }
    }
  }

  private static InputStream open(String name) {
    return Objects.requireNonNull(
        OldTarget.class.getResourceAsStream("/made-by-537887c/" + name), name);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    }
  }

  /** A configuration of these lines for the source, the mapping's file, and any more. */
  Config config(String source, String mapping, String more) throws IOException {
    String account =
        "  url: %s\n  username: %s\n  password: \"%s\"\n"
            .formatted(url, database.username(), database.password());
    Path file = folder.resolve("picklift.yaml");
    Files.writeString(
        file,
        "source:\n%s%starget:\n%smapping: %s\n%s"
            .formatted(source.contains("table:") ? account : "", source, account, mapping, more));
    return ConfigReader.read(file);
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = database.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of what the server answers. */
  List<String> ask(String sql) throws SQLException {
    try (Connection connection = database.connect(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> answers = new ArrayList<>();
      while (row.next()) {
        answers.add(String.valueOf(row.getString(1)));
      }
      return answers;
    }
  }

  /** The ledger's entries and residues, and a checksum of each mapped table. */
  List<String> content() throws SQLException {
    List<String> content =
        new ArrayList<>(
            ask(
                """
                SELECT CONCAT_WS(' ', save_id, status, HEX(blob_sha256), HEX(graph_sha256), HEX(mapping_sha256),
                  first_seen, last_written, SHA2(residue, 256))
                FROM picklift_save LEFT JOIN picklift_archive USING (save_id) ORDER BY save_id
                """));
    for (String table : ask("SHOW TABLES")) {
      if (TOOLKIT.stream().noneMatch(table::startsWith)) {
        try (Connection connection = database.connect(url);
            Statement statement = connection.createStatement();
            ResultSet row = statement.executeQuery("CHECKSUM TABLE `" + table + "`")) {
          row.next();
          content.add(table + " " + row.getString(2));
        }
      }
    }
    return content;
  }
}
