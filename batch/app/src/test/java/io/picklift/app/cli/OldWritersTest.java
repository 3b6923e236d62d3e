package io.picklift.app.cli;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.codec.Limits;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.schema.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Saves of old-style classes that Python 2's pure-Python pickler wrote with protocols 0 to 2: it
 * leaves out numbers of the memo, so that its bytes are kept.
 */
@Tag("database")
final class OldWritersTest {
  private static final Path OLD = Path.of("src/test/resources/field/11-oldstyle");

  @TempDir private Path folder = Path.of("");

  private static SaveGraph graph(Path file) throws Exception {
    return new PickleDecoder(Limits.defaults()).decode(Files.readAllBytes(file));
  }

  /** The same protocol, and the same numbers of texts of either kind. */
  private static void isOfTheSameWriter(Path old, Path now) throws Exception {
    SaveGraph before = graph(old);
    SaveGraph after = graph(now);
    assertThat(after.style().protocol()).isEqualTo(before.style().protocol());
    assertThat(after.style().proto()).isEqualTo(before.style().proto());
    assertThat(count(after, Kind.STR)).isEqualTo(count(before, Kind.STR));
    assertThat(count(after, Kind.PY2_STR)).isPositive();
  }

  private static long count(SaveGraph graph, Kind kind) {
    long count = 0;
    for (int node = 0; node < graph.size(); node++) {
      count += graph.kind(node) == kind ? 1 : 0;
    }
    return count;
  }

  @Test
  void aChangedSaveComesBackInItsProtocolWithItsKindsOfText() throws Exception {
    Game game = new Game(folder);
    TestDatabase database = TestDatabase.get();
    Path config =
        Files.writeString(
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
                    OLD.toAbsolutePath(),
                    game.targetUrl(),
                    database.username(),
                    database.password()));
    Path drafted = folder.resolve("profile");
    assertThat(Run.of("profile", "--config", config, "--out", drafted).status()).isZero();
    Files.copy(drafted.resolve("mapping.yaml"), folder.resolve("mapping.yaml"), REPLACE_EXISTING);
    assertThat(Run.of("migrate", "--config", config).status()).isZero();
    assertThat(game.number("SELECT COUNT(*) FROM picklift_save WHERE restored_as = 'kept'"))
        .isPositive();
    try (Connection connection = database.connect(game.targetUrl());
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("UPDATE thing SET name = 'lantern'")).isPositive();
    }
    Path out = folder.resolve("restored");
    Run restored = Run.of("restore", "--config", config, "--out", out);
    assertThat(restored.status()).as(restored.out() + restored.err()).isZero();
    assertThat(restored.out()).contains("changed in the tables since 3");
    try (Stream<Path> files = Files.list(OLD)) {
      for (Path file : files.toList()) {
        Path now = out.resolve(file.getFileName());
        isOfTheSameWriter(file, now);
        assertThat(Run.of("decode", now).out()).contains("lantern").doesNotContain("torch");
      }
    }
  }

  @Test
  void repickleKeepsTheProtocolToo() throws Exception {
    Path out = folder.resolve("repickled");
    Run run = Run.of("repickle", "--out", out, OLD);
    assertThat(run.status()).as(run.err()).isZero();
    try (Stream<Path> files = Files.list(OLD)) {
      for (Path file : files.toList()) {
        isOfTheSameWriter(file, out.resolve(file.getFileName()));
      }
    }
  }
}
