package io.picklift.app.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.schema.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pickles whose text was damaged and that are pickles still: told and counted, or mended. */
@Tag("database")
final class DamagedTextSourceTest {
  private static final String SAVE = "(dp0\nVname\np1\nV%s\np2\nsVn\np3\nI%d\ns.";

  @TempDir private Path folder = Path.of("");

  private Path saves() throws IOException {
    Path saves = Files.createDirectories(folder.resolve("saves"));
    Files.write(saves.resolve("a.pkl"), SAVE.formatted("Zo\u00eb", 1).getBytes(UTF_8));
    Files.write(saves.resolve("b.pkl"), SAVE.formatted("one\\\\u005ctwo", 2).getBytes(UTF_8));
    Files.write(saves.resolve("c.pkl"), SAVE.formatted("Zo\u00eb", 3).getBytes(ISO_8859_1));
    return saves;
  }

  private Path config(Game game, String more) throws IOException {
    TestDatabase database = TestDatabase.get();
    return Files.writeString(
        folder.resolve("picklift.yaml"),
        """
        source: {files: "%s"%s}
        target:
          url: %s
          username: %s
          password: "%s"
        mapping: mapping.yaml
        """
            .formatted(
                saves().toAbsolutePath(),
                more,
                game.targetUrl(),
                database.username(),
                database.password()));
  }

  private Run profiled(Path config) throws IOException {
    Run profiled = Run.of("profile", "--config", config, "--out", folder.resolve("profile"));
    Files.copy(
        folder.resolve("profile/mapping.yaml"), folder.resolve("mapping.yaml"), REPLACE_EXISTING);
    return profiled;
  }

  private void comesBack(Path config) throws IOException {
    Path out = folder.resolve("restored");
    assertThat(Run.of("restore", "--config", config, "--out", out, "--engine", "both").status())
        .isZero();
    for (String name : List.of("a.pkl", "b.pkl", "c.pkl")) {
      assertThat(out.resolve(name)).hasSameBinaryContentAs(folder.resolve("saves/" + name));
    }
  }

  @Test
  void itIsToldByEveryCommandThatReadsOrCountsSaves() throws Exception {
    Game game = new Game(folder);
    Path config = config(game, "");
    String told =
        "2  with text that looks damaged, kept unchanged: doubled-backslash 1, latin1-as-utf8 1";
    for (Object command : List.of("decode", "inspect", "repickle --out " + folder.resolve("r"))) {
      Run run = Run.of((Object[]) (command + " " + folder.resolve("saves/a.pkl")).split(" "));
      assertThat(run.err()).contains("looks damaged").contains("latin1-as-utf8; --repair");
    }
    assertThat(profiled(config).out()).contains(told);
    assertThat(Run.of("migrate", "--config", config).out()).contains(told);
    assertThat(Run.of("status", "--config", config).out()).contains(told);
    assertThat(
            game.number("SELECT COUNT(*) FROM picklift_save WHERE encodings = 'latin1-as-utf8?'"))
        .isEqualTo(1);
    Run verified = Run.of("verify", "--config", config, "--engine", "both");
    assertThat(verified.out())
        .contains("2 saves have text that looks damaged, and is in the tables unchanged");
    assertThat(verified.status()).isZero();
    assertThat(Run.of("restore", "--config", config, "--out", folder.resolve("o")).out())
        .contains(told);
    comesBack(config);
  }

  private static byte[] oddlyPacked(byte[] pickle) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream zlib = new DeflaterOutputStream(out, true)) {
      zlib.write(pickle, 0, 10);
      zlib.flush();
      zlib.write(pickle, 10, pickle.length - 10);
    }
    return out.toByteArray();
  }

  /** Of a BLOB that is kept, the wrapping is found anew: with the damage only if it was mended. */
  @ParameterizedTest
  @CsvSource({"false, Zo\u00c3\u00ab", "true, Zo\u00eb"})
  void anEditedSaveHasTheDamageOnce(boolean isRepair, String name) throws Exception {
    Game game = new Game(folder);
    game.configure("  repair: " + isRepair + "\n");
    String pickle =
        "ccopy_reg\n_reconstructor\np0\n(cgame\nPlayer\np1\nc__builtin__\nobject\np2\nNtp3\nRp4\n"
            + "(dp5\nVname\np6\nVZo\u00eb\np7\nsVlevel\np8\nI7\nsb.";
    game.put("p1", oddlyPacked(pickle.getBytes(UTF_8)));
    assertThat(Run.on(game, "migrate").out()).contains("1  migrated");
    assertThat(game.text("SELECT name FROM player")).isEqualTo(name);
    assertThat(game.number("SELECT COUNT(*) FROM picklift_archive WHERE original IS NOT NULL"))
        .isEqualTo(1);
    game.target("UPDATE player SET level = 8");
    Run restored = Run.on(game, "restore", "--out", folder.resolve("out"));
    assertThat(restored.status()).as(restored.err()).isZero();
    byte[] blob = Files.readAllBytes(folder.resolve("out/p1.pkl"));
    byte[] again = new InflaterInputStream(new ByteArrayInputStream(blob)).readAllBytes();
    assertThat(new String(again, UTF_8)).contains("\nVZo\u00eb\n").contains("\nI8\n");
  }

  @Test
  void withRepairTheTablesHaveTheTextAndTheBytesComeBack() throws Exception {
    Game game = new Game(folder);
    Path config = config(game, ", repair: true");
    Run decoded = Run.of("decode", "--repair", folder.resolve("saves/a.pkl"));
    assertThat(decoded.out()).contains("Zo\u00eb");
    assertThat(decoded.err()).isEmpty();
    assertThat(profiled(config).out()).doesNotContain("looks damaged");
    Run migrated = Run.of("migrate", "--config", config);
    assertThat(migrated.out()).contains("3  migrated").doesNotContain("looks damaged");
    assertThat(Run.of("verify", "--config", config, "--engine", "both").status()).isZero();
    Run exported =
        Run.of(
            "export", "--config", config, "--format", "ndjson", "--out", folder.resolve("e.zip"));
    assertThat(exported.status()).as(exported.err()).isZero();
    assertThat(
            game.text(
                "SELECT GROUP_CONCAT(encodings ORDER BY source_key SEPARATOR ' ')"
                    + " FROM picklift_save"))
        .isEqualTo("latin1-as-utf8 doubled-backslash ");
    comesBack(config);
  }
}
