package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Accounts.Grant;
import io.picklift.app.job.Game;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A secret in the URL, the password, the environment or an adapter is in nothing that is written.
 */
@Tag("database")
final class SecretsTest {
  private static final String IN_URL = "s3cret-in-the-url";
  private static final String IN_ADAPTER = "s3cret-in-the-adapter";

  @TempDir private Path folder = Path.of("");

  private final List<String> said = new ArrayList<>();

  private void run(Object... arguments) {
    Run run = Run.of(arguments);
    said.add(List.of(arguments) + " " + run.status() + "\n" + run.out() + run.err());
  }

  private void configure(Game game, String user) throws SQLException, IOException {
    Accounts.use(game, user);
    String adapter =
        """
        from picklift import column

        TOKEN = '%s'

        @column('player.has_token', 'BOOLEAN')
        def has_token(player):
            return len(TOKEN) > 3
        """
            .formatted(IN_ADAPTER);
    Files.writeString(game.file().resolveSibling("adapter.py"), adapter);
    Files.writeString(
        game.file(),
        Files.readString(game.file()).replace("?", "?connectionAttributes=token:" + IN_URL + "&")
            + "adapters: [adapter.py]\n");
  }

  private void commands(Game game) {
    Path config = game.file();
    run("migrate", "--config", config, "--verbose");
    run("backfill", "--config", config, "--verbose");
    run("verify", "--config", config, "--report", folder.resolve("report"), "--engine", "fast");
    run("restore", "--config", config, "--out", folder.resolve("out"));
    run("restore", "--config", config, "--table", "again");
    run("status", "--config", config, "--json");
    run("profile", "--config", config, "--out", folder.resolve("profile"));
    run("quarantine", "list", "--config", config);
  }

  @Test
  void nothingThatIsWrittenHasOne() throws Exception {
    Game game = new Game(Files.createDirectory(folder.resolve("game")));
    game.fill(12);
    game.put("bad", new byte[] {1});
    List<Grant> all = List.of(new Grant("ALL", "game_v2.*"), new Grant("SELECT", "game.savegames"));
    try (Accounts accounts = new Accounts(game)) {
      String user = accounts.with(all);
      configure(game, user);
      commands(game);
      // What goes wrong says more than what goes well.
      String poor = accounts.with(List.of(new Grant("SELECT", "game_v2.*")));
      configure(game, poor);
      commands(game);
      configure(game, "nobody_at_all");
      commands(game);
      Files.writeString(
          game.file(),
          Files.readString(game.file()).replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:9"));
      run("status", "--config", game.file());
      run("verify", "--config", game.file(), "--report", folder.resolve("report"));
    }
    assertThat(said.get(0)).contains("] 1\n");
    for (String text : said) {
      assertNone(text, text.lines().findFirst().orElse(""));
    }
    assertFiles();
    assertTables(game);
  }

  private static void assertNone(String text, String where) {
    assertThat(text)
        .as(where)
        .doesNotContain(Accounts.PASSWORD)
        .doesNotContain(IN_URL)
        .doesNotContain(IN_ADAPTER);
  }

  private void assertFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("picklift.yaml") && !file.endsWith("adapter.py"))
          .forEach(files::add);
    }
    Path log = Path.of("picklift.log");
    if (Files.exists(log)) {
      files.add(log);
    }
    assertThat(files).hasSizeGreaterThan(15);
    for (Path file : files) {
      assertNone(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString());
    }
  }

  private static void assertTables(Game game) throws SQLException {
    try (Connection connection = game.targetConnection();
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet row =
          statement.executeQuery(
              "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()")) {
        while (row.next()) {
          tables.add(row.getString(1));
        }
      }
      assertThat(tables).hasSizeGreaterThan(15);
      for (String table : tables) {
        try (ResultSet row = statement.executeQuery("SELECT * FROM `" + table + "`")) {
          while (row.next()) {
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
              byte[] value = row.getBytes(i);
              if (value != null) {
                assertNone(new String(value, StandardCharsets.ISO_8859_1), table);
              }
            }
          }
        }
      }
    }
  }
}
