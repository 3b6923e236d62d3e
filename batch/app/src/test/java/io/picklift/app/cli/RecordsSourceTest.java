package io.picklift.app.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.schema.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    return config(game, FIELD.resolve(field));
  }

  private Path config(Game game, Path saves) throws IOException {
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
                saves.toAbsolutePath(),
                game.targetUrl(),
                database.username(),
                database.password()));
  }

  private void comesBack(Path config, String field) throws IOException {
    assertThat(Run.of("profile", "--config", config, "--out", folder.resolve("profile")).status())
        .isZero();
    Files.copy(
        folder.resolve("profile/mapping.yaml"), folder.resolve("mapping.yaml"), REPLACE_EXISTING);
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
  void whatStandsBehindAPickleIsToldByEveryCommandAndCounted() throws Exception {
    Game game = new Game(folder);
    Path saves = Files.createDirectories(folder.resolve("saves"));
    Files.write(saves.resolve("a.pkl"), "(dp0\nS'n'\np1\nI1\ns.<!-- 1 -->".getBytes(US_ASCII));
    Files.write(saves.resolve("b.pkl"), "(dp0\nS'n'\np1\nI2\ns.\n\n".getBytes(US_ASCII));
    Files.write(saves.resolve("c.pkl"), "(dp0\nS'n'\np1\nI3\ns.".getBytes(US_ASCII));
    Path config = config(game, saves);
    String behind = "1  with extra bytes after the pickle (10 bytes in all)";
    for (Object file : List.of("decode", "inspect", "repickle --out " + folder.resolve("r"))) {
      Run run = Run.of((Object[]) (file + " " + saves.resolve("a.pkl")).split(" "));
      assertThat(run.err()).contains("10 extra bytes after the pickle");
    }
    Run profiled = Run.of("profile", "--config", config, "--out", folder.resolve("profile"));
    assertThat(profiled.out()).contains(behind);
    Files.copy(
        folder.resolve("profile/mapping.yaml"), folder.resolve("mapping.yaml"), REPLACE_EXISTING);
    assertThat(Run.of("migrate", "--config", config).out()).contains(behind);
    assertThat(game.number("SELECT SUM(trailing_bytes) FROM picklift_save")).isEqualTo(10);
    assertThat(game.number("SELECT SUM(record_count) FROM picklift_save")).isEqualTo(3);
    assertThat(Run.of("verify", "--config", config).out())
        .contains("1 save has extra bytes after the pickle, 10 bytes in all");
    assertThat(Run.of("restore", "--config", config, "--out", folder.resolve("o")).out())
        .contains(behind);
    Run exported = Run.of("export", "--config", config, "--out", folder.resolve("e.zip"));
    assertThat(exported.out()).contains(behind);
  }

  @Test
  void aRuleForRecordsHoldsForAllValues() throws Exception {
    Game game = new Game(folder);
    Path config = config(game, FIELD.resolve("07-stacked"));
    Files.writeString(
        config, Files.readString(config).replace("source: {", "source: {records: single, "));
    Run profiled = Run.of("profile", "--config", config, "--out", folder.resolve("profile"));
    assertThat(profiled.out()).contains("2  with extra bytes after the pickle");
    Files.writeString(config, Files.readString(config).replace("records: single", "records: zodb"));
    Run refused = Run.of("profile", "--config", config, "--out", folder.resolve("other"));
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("it is no record of ZODB").contains("records: auto");
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
