package io.picklift.app.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.config.Config;
import io.picklift.app.config.ConfigReader;
import io.picklift.app.job.Game;
import io.picklift.schema.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as applications make them, and tables that hold about everything but pickles. */
@Tag("database")
final class DetectCommandTest {
  private final TestDatabase database = TestDatabase.get();

  @TempDir private Path folder = Path.of("");

  private Run detect(String url, Object... more) {
    Object[] all =
        Stream.concat(
                Stream.of(
                    "detect",
                    "--url",
                    url,
                    "--username",
                    database.username(),
                    "--password=" + database.password()),
                Stream.of(more))
            .toArray();
    return Run.of(all);
  }

  private void fill(Connection connection, String table, String column, String field)
      throws SQLException, IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/field", field));
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO " + table + " (id, " + column + ") VALUES (?, ?)")) {
      int id = 0;
      for (Path file : files.sorted().toList()) {
        insert.setInt(1, id++);
        insert.setBytes(2, Files.readAllBytes(file));
        insert.executeUpdate();
      }
    }
  }

  private static String withoutFiles(String out) {
    return out.lines()
        .filter(line -> !line.startsWith("  written:"))
        .map(line -> line + "\n")
        .collect(java.util.stream.Collectors.joining());
  }

  @Test
  void columnsOfPicklesAreFoundWithWrappingProtocolAndApplication() throws Exception {
    String url = database.freshSchema();
    Map<String, String> tables =
        Map.of(
            "django_session.session_data LONGTEXT", "08-django-session",
            "apscheduler_jobs.job_state BLOB", "10-apscheduler",
            "object_state.state LONGBLOB", "04-zodb",
            "constance_config.value LONGTEXT", "09-constance-py2",
            "netboxinfo.val LONGTEXT", "20-nav-mixed",
            "person.blob_data BLOB", "19-gramps");
    try (Connection connection = database.connect(url);
        Statement statement = connection.createStatement()) {
      for (Map.Entry<String, String> one : tables.entrySet()) {
        String table = one.getKey().substring(0, one.getKey().indexOf('.'));
        String column = one.getKey().substring(table.length() + 1, one.getKey().indexOf(' '));
        statement.execute(
            "CREATE TABLE %s (id INT PRIMARY KEY, %s, note VARCHAR(100) DEFAULT 'hello')"
                .formatted(table, one.getKey().substring(table.length() + 1)));
        fill(connection, table, column, one.getValue());
      }
    }
    Run run = detect(url, "--out", folder);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains(".django_session.session_data (longtext): pickles of Django sessions")
        .contains(".apscheduler_jobs.job_state (blob): pickles of APScheduler 3")
        .contains(".object_state.state (longblob): pickles of RelStorage (ZODB)")
        .contains(".constance_config.value (longtext): pickles of django-constance")
        .contains(".netboxinfo.val (longtext): pickles of NAV")
        .contains(".person.blob_data (blob): pickles of Gramps")
        .contains("wrapping: django-signed+base64+zlib 2, base64+prefix 2")
        .contains("6 rows with a value, 619 bytes a value; 6 of 6 values looked at are pickles")
        .contains("JSON beside them: 2")
        .contains("not to be read: plain-text")
        .contains("12 columns looked at, 6 with pickles");
    assertThat(detect(url, "--engine", "both").out()).isEqualTo(withoutFiles(run.out()));
    Config config =
        ConfigReader.read(
            folder.resolve("apscheduler_jobs.job_state/picklift.yaml"),
            Map.of("PICKLIFT_USERNAME", "u", "PICKLIFT_PASSWORD", "p")::get);
    assertThat(config.source().key()).isEqualTo(List.of("id"));
    assertThat(config.source().blob()).isEqualTo("job_state");
    assertThat(config.source().encoding()).isNull();
    assertThat(config.requireTarget().url()).contains("_v2");

    Path file = folder.resolve("picklift.yaml");
    Object[] init = {
      "init",
      "--url",
      url,
      "--username",
      database.username(),
      "--password=" + database.password(),
      "--out",
      file
    };
    assertThat(Run.of(init).status()).isEqualTo(2);
    Object[] one =
        Stream.concat(Stream.of(init), Stream.of("--column", "person.blob_data")).toArray();
    assertThat(Run.of(one).status()).isZero();
    assertThat(file)
        .content()
        .contains("blob: blob_data")
        .doesNotContain(database.username() + "\n");
    assertThat(Run.of(one).status()).isEqualTo(2);
  }

  /** That text was damaged is not proven where the pickle is one. */
  @Test
  void aDraftMendsOnlyWhatIsNoPickleElse() throws Exception {
    String url = database.freshSchema();
    String pickle = "(dp0\nVname\np1\nVZo\u00eb\np2\ns.";
    try (Connection connection = database.connect(url);
        Statement statement = connection.createStatement()) {
      for (String table : List.of("hidden", "cr")) {
        statement.execute("CREATE TABLE " + table + " (id INT PRIMARY KEY, data BLOB)");
      }
      put(connection, "INSERT INTO hidden VALUES (?, ?)", 1, pickle.getBytes(UTF_8));
      put(
          connection,
          "INSERT INTO cr VALUES (?, ?)",
          1,
          pickle.replace('\n', '\r').getBytes(ISO_8859_1));
    }
    assertThat(detect(url, "--out", folder).out()).contains("wrapping: latin1-as-utf8?");
    assertThat(folder.resolve("hidden.data/picklift.yaml"))
        .content()
        .contains("looks damaged")
        .doesNotContain("\n  repair: true");
    assertThat(folder.resolve("cr.data/picklift.yaml")).content().contains("\n  repair: true");
  }

  @Test
  void valuesOfSeveralPicklesInAWrappingAreFound() throws Exception {
    String url = database.freshSchema();
    byte[] expiry = HexFormat.of().parseHex("8004950a00000000000000473ff80000000000002e");
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    entry.write(expiry);
    try (DeflaterOutputStream zlib = new DeflaterOutputStream(entry)) {
      zlib.write(Game.save(1));
    }
    try (Connection connection = database.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE cache (id INT PRIMARY KEY, data BLOB)");
      put(connection, "INSERT INTO cache VALUES (?, ?)", 1, entry.toByteArray());
    }
    assertThat(detect(url).out()).contains("wrapping: django-file-cache", "1 with pickles");
  }

  @Test
  void nothingIsClaimedWhereThereAreNoPickles() throws Exception {
    String url = database.freshSchema();
    Random random = new Random(7);
    try (Connection connection = database.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE wp_options (id INT PRIMARY KEY, option_name VARCHAR(191), option_value"
              + " LONGTEXT)");
      statement.execute(
          "CREATE TABLE film (id INT PRIMARY KEY, title VARCHAR(128), picture BLOB, doc JSON)");
      statement.execute(
          "CREATE TABLE word (id INT PRIMARY KEY, w VARCHAR(64), token VARCHAR(64), noise BLOB)");
      for (int i = 0; i < 300; i++) {
        byte[] noise = new byte[8 + random.nextInt(60)];
        random.nextBytes(noise);
        put(
            connection,
            "INSERT INTO wp_options VALUES (?, ?, ?)",
            i,
            "option_" + i,
            i % 3 == 0 ? "a:1:{s:4:\"name\";i:" + i + ";}" : i % 3 == 1 ? "b:0;" : "N;");
        put(
            connection,
            "INSERT INTO film VALUES (?, ?, ?, ?)",
            i,
            "N. Smith " + i + ".",
            join(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n'}, noise),
            "{\"id\": " + i + ", \"tags\": [\"a\", \"b\"]}");
        put(
            connection,
            "INSERT INTO word VALUES (?, ?, ?, ?)",
            i,
            List.of("hello", "N.", "].", "I. Newton", "deadbeef", "YWJj", "12345678").get(i % 7),
            java.util.Base64.getEncoder().encodeToString(noise).substring(0, 12),
            noise);
      }
    }
    Run run = detect(url);
    // A JSON column of MariaDB is one of text.
    int columns = TestDatabase.get().isMySql() ? 7 : 8;
    assertThat(run.out()).isEqualTo(columns + " columns looked at, 0 with pickles\n");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void aTableOfFewerRowsThanTheSampleIsCountedOnce() throws Exception {
    String url = database.freshSchema();
    try (Connection connection = database.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE saves (a INT, b VARCHAR(9), data BLOB, PRIMARY KEY (a, b))");
      for (int i = 0; i < 150; i++) {
        put(
            connection,
            "INSERT INTO saves VALUES (?, ?, ?)",
            i / 10,
            "k" + i % 10,
            i % 3 == 0 ? new byte[0] : new byte[] {(byte) 0x80, 2, 'K', (byte) i, '.'});
      }
    }
    assertThat(detect(url).out())
        .contains("100 rows with a value, 5 bytes a value; 100 of 100 values looked at");
    assertThat(detect(url, "--sample", 120).out())
        .contains("100 rows with a value, 5 bytes a value; 100 of 100 values looked at");
    assertThat(detect(url, "--sample", 40).out()).contains("; 40 of 40 values looked at");
  }

  private static byte[] join(byte[] head, byte[] rest) {
    byte[] all = java.util.Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, all, head.length, rest.length);
    return all;
  }

  private static void put(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        if (values[i] instanceof byte[] bytes) {
          insert.setBytes(i + 1, bytes);
        } else {
          insert.setObject(i + 1, values[i]);
        }
      }
      insert.executeUpdate();
    }
  }

  @Test
  void aWrongUrlIsAWrongCommandLine() {
    assertThat(Run.of("detect", "--url", "http://x").status()).isEqualTo(2);
  }
}
