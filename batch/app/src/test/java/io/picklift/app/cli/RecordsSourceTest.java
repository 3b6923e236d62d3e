package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.schema.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that hold several pickles, from profile to restore: their data is in columns. */
@Tag("database")
final class RecordsSourceTest {
  private static final Path FIELD = Path.of("src/test/resources/field");

  @TempDir private Path folder = Path.of("");

  private Path config(Game game, String field) throws IOException {
    TestDatabase database = TestDatabase.get();
    return Files.writeString(
        folder.resolve("picklift.yaml"),
        """
        source: {files: "%s"}
        target:
          url: %s
          username: %s
          password: "%s"
        mapping: mapping.yaml
        """
            .formatted(
                FIELD.resolve(field).toAbsolutePath(),
                game.targetUrl(),
                database.username(),
                database.password()));
  }

  private void comesBack(Path config, String field) throws IOException {
    assertThat(Run.of("profile", "--config", config, "--out", folder.resolve("profile")).status())
        .isZero();
    Files.copy(
        folder.resolve("profile/mapping.yaml"),
        folder.resolve("mapping.yaml"),
        StandardCopyOption.REPLACE_EXISTING);
    Run migrated = Run.of("migrate", "--config", config);
    assertThat(migrated.status()).as(migrated.out() + migrated.err()).isZero();
    for (String engine : List.of("fast", "both")) {
      Run verified =
          Run.of("verify", "--config", config, "--engine", engine, "--report", folder.resolve("v"));
      assertThat(verified.status()).as(verified.out() + verified.err()).isZero();
    }
    Path out = folder.resolve("restored");
    assertThat(Run.of("restore", "--config", config, "--out", out).status()).isZero();
    try (Stream<Path> files = Files.list(FIELD.resolve(field))) {
      for (Path file : files.toList()) {
        assertThat(out.resolve(file.getFileName())).hasSameBinaryContentAs(file);
      }
    }
  }

  @Test
  void eachPickleOfAStreamIsARow() throws Exception {
    Game game = new Game(folder);
    comesBack(config(game, "07-stacked"), "07-stacked");
    assertThat(game.number("SELECT COUNT(*) FROM save_item")).isEqualTo(8);
    assertThat(game.number("SELECT MAX(t) FROM save_item WHERE who = 'u1'")).isEqualTo(1003);
  }

  @Test
  void aRecordOfZodbIsARowOfItsClass() throws Exception {
    Game game = new Game(folder);
    comesBack(config(game, "04-zodb"), "04-zodb");
    assertThat(game.number("SELECT COUNT(*) FROM account")).isEqualTo(4);
    assertThat(game.text("SELECT email FROM account WHERE name = 'Customer 2'"))
        .isEqualTo("c2@example.org");
    assertThat(game.text("SELECT CAST(since AS CHAR) FROM account WHERE name = 'Customer 2'"))
        .isEqualTo("2020-01-03");
  }
}
