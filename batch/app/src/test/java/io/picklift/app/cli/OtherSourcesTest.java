package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.schema.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of files as a source, and JSON beside pickles in one source, from end to end. */
@Tag("database")
final class OtherSourcesTest {
  @TempDir private Path folder = Path.of("");

  private Path config(Game game, String source) throws IOException {
    TestDatabase database = TestDatabase.get();
    Path file = folder.resolve("picklift.yaml");
    Files.writeString(
        file,
        """
        source: {%s}
        target:
          url: %s
          username: %s
          password: "%s"
        mapping: mapping.yaml
        """
            .formatted(source, game.targetUrl(), database.username(), database.password()));
    return file;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] renpy(byte[] log) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (String name : List.of("screenshot.png", "json", "log")) {
        out.putNextEntry(new ZipEntry(name));
        out.write(name.equals("log") ? log : name.getBytes(StandardCharsets.US_ASCII));
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void aFolderIsASourceAsATableIs() throws Exception {
    Game game = new Game(folder);
    Path saves = Files.createDirectories(folder.resolve("saves/b/deep"));
    Path renpy = Files.write(folder.resolve("saves/b/1-1-LT1.save"), renpy(Game.save(3)));
    Files.write(folder.resolve("saves/1.pkl"), Game.save(4));
    Path packed = Files.write(saves.resolve("2.pkl"), gzip(Game.save(5)));
    Files.writeString(folder.resolve("saves/readme.txt"), "no save");
    Path config = config(game, "files: saves");
    Run migrated = Run.of("migrate", "--config", config);
    assertThat(migrated.status()).as(migrated.out() + migrated.err()).isZero();
    assertThat(game.number("SELECT COUNT(*) FROM picklift_save WHERE status = 'migrated'"))
        .isEqualTo(3);
    assertThat(game.text("SELECT encodings FROM picklift_save WHERE source_key = 'b/1-1-LT1.save'"))
        .isEqualTo("zip");

    Files.write(folder.resolve("saves/1.pkl"), Game.save(6));
    assertThat(Run.of("backfill", "--config", config).out())
        .contains("new 0, changed 1, as before 2");

    assertThat(Run.of("restore", "--config", config, "--out", folder.resolve("as")).status())
        .isZero();
    assertThat(files(folder.resolve("as")))
        .contains(Files.readAllBytes(renpy), Files.readAllBytes(packed), Game.save(6));
    assertThat(
            Run.of("restore", "--config", config, "--out", folder.resolve("bare"), "--unwrap")
                .status())
        .isZero();
    assertThat(files(folder.resolve("bare"))).contains(Game.save(3), Game.save(5), Game.save(6));
    Run table = Run.of("restore", "--config", config, "--table", "again");
    assertThat(table.status()).isEqualTo(2);
    assertThat(table.err()).contains("use --out DIR");
  }

  private static List<byte[]> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().map(OtherSourcesTest::bytes).toList();
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** More than any save may have with the tests' heap, of zeros: a bomb of a few hundred kB. */
  private static void zeros(OutputStream out) throws IOException {
    byte[] block = new byte[1 << 20];
    for (int i = 0; i < 300; i++) {
      out.write(block);
    }
  }

  @Test
  void aMemberThatIsTooLongIsQuarantinedAlone() throws Exception {
    Game game = new Game(folder);
    Path archive = folder.resolve("saves.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
      out.setLevel(Deflater.BEST_SPEED);
      out.putNextEntry(new ZipEntry("bomb.pkl"));
      zeros(out);
      out.putNextEntry(new ZipEntry("good.pkl"));
      out.write(Game.save(1));
      out.putNextEntry(new ZipEntry("movie.bin"));
      zeros(out);
      out.putNextEntry(new ZipEntry("notes.txt"));
      out.write(65);
    }
    Path config = config(game, "files: saves.zip");
    Run migrated = Run.of("migrate", "--config", config);
    assertThat(migrated.status()).as(migrated.err()).isEqualTo(1);
    assertThat(migrated.out()).contains("quarantined bomb: limit: ");
    assertThat(game.text("SELECT source_key FROM picklift_save WHERE status = 'migrated'"))
        .isEqualTo("good");
    assertThat(
            game.text(
                "SELECT CONCAT(source_key, ' ', reason) FROM picklift_quarantine JOIN picklift_save"
                    + " USING (save_id)"))
        .isEqualTo("bomb limit");
    assertThat(game.number("SELECT COUNT(*) FROM picklift_save")).isEqualTo(2);
    assertThat(Run.of("backfill", "--config", config).out()).contains("changed 0");
  }

  @Test
  void jsonBesidePicklesIsMappedAndComesBackByteForByte() throws Exception {
    Game game = new Game(folder);
    Path source = Path.of("src/test/resources/field/20-nav-mixed").toAbsolutePath();
    Path config = config(game, "files: \"" + source + "\"");
    Files.delete(folder.resolve("mapping.yaml"));
    Run profile = Run.of("profile", "--config", config, "--out", folder);
    assertThat(profile.out()).contains("would be quarantined: plain-text");
    Run migrated = Run.of("migrate", "--config", config);
    assertThat(migrated.out()).as(migrated.err()).contains("plain-text");
    assertThat(
            game.number(
                "SELECT COUNT(*) FROM picklift_save WHERE status = 'migrated' AND encodings ="
                    + " 'json'"))
        .isPositive();
    assertThat(game.text("SELECT restored_as FROM picklift_save WHERE source_key = 'c_json_0'"))
        .isEqualTo("identical");
    Run restored = Run.of("restore", "--config", config, "--out", folder.resolve("as"));
    assertThat(restored.out()).contains("changed in the tables since 0");
    assertThat(folder.resolve("as/c_json_0.pkl"))
        .hasBinaryContent(Files.readAllBytes(source.resolve("c_json_0.pkl")));
    assertThat(folder.resolve("as/b_b64_0.pkl"))
        .hasBinaryContent(Files.readAllBytes(source.resolve("b_b64_0.pkl")));
  }
}
