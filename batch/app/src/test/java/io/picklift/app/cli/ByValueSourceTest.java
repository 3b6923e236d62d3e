package io.picklift.app.cli;

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

/** Saves of cloudpickle and dill, with classes and functions that no module has. */
@Tag("database")
final class ByValueSourceTest {
  private static final Path SAVES = Path.of("../codec/src/test/resources/byvalue");

  @TempDir private Path folder = Path.of("");

  private Path config(Game game) throws IOException {
    TestDatabase database = TestDatabase.get();
    return Files.writeString(
        folder.resolve("picklift.yaml"),
        """
        source: {files: saves}
        target:
          url: %s
          username: %s
          password: "%s"
        mapping: mapping.yaml
        """
            .formatted(game.targetUrl(), database.username(), database.password()));
  }

  private void copy() throws IOException {
    Path saves = Files.createDirectory(folder.resolve("saves"));
    try (Stream<Path> files = Files.list(SAVES)) {
      for (Path file : files.toList()) {
        Files.copy(file, saves.resolve(file.getFileName().toString()));
      }
    }
  }

  @Test
  void objectsOfClassesByValueAreRowsAsOthersAre() throws Exception {
    Game game = new Game(folder);
    copy();
    Path config = config(game);
    Files.delete(folder.resolve("mapping.yaml"));
    assertThat(Run.of("profile", "--config", config, "--out", folder).status()).isZero();
    assertThat(folder.resolve("mapping.yaml"))
        .content()
        .contains("class: __main__.Point")
        .contains("class: __main__.Order")
        .contains("class: __main__.Slotted")
        .doesNotContain("_make_skeleton_class")
        .doesNotContain("_create_function");
    Run migrate = Run.of("migrate", "--config", config);
    assertThat(migrate.status()).as(migrate.err()).isZero();
    // Three points of a list, one alone and one of a task, each by both libraries.
    assertThat(game.number("SELECT COUNT(*) FROM point")).isEqualTo(10);
    assertThat(game.number("SELECT SUM(x) FROM point WHERE name = 'p2'")).isEqualTo(4);
    assertThat(game.number("SELECT COUNT(*) FROM orders")).isEqualTo(6);
    Path report = folder.resolve("report");
    Run verify = Run.of("verify", "--config", config, "--report", report, "--engine", "both");
    assertThat(verify.status()).as(verify.out() + verify.err()).isZero();

    game.target("UPDATE point SET x = 77 WHERE name = 'arg'");
    Path out = folder.resolve("out");
    Run restore = Run.of("restore", "--config", config, "--out", out, "--key", "cloudpickle_task");
    assertThat(restore.status()).as(restore.err()).isZero();
    assertThat(Run.of("decode", out.resolve("cloudpickle_task.pkl")).out())
        .contains("\"name\": \"arg\", \"x\": 77, \"y\": 9");
    Run inspect = Run.of("inspect", SAVES.resolve("cloudpickle_task.pkl"));
    assertThat(inspect.out())
        .contains("function __main__.outer.<locals>.inner by value")
        .contains("__main__.Point");
  }

  @Test
  void aClassColumnHasTheNameOfAClassByValue() throws Exception {
    Game game = new Game(folder);
    copy();
    Path config = config(game);
    Files.writeString(
        folder.resolve("mapping.yaml"),
        """
        version: 1
        tables:
          item:
            each: save
            class_column: kind
          save:
            root: true
        """);
    Run migrate = Run.of("migrate", "--config", config);
    assertThat(migrate.status()).as(migrate.err()).isZero();
    assertThat(
            List.of(
                game.number("SELECT COUNT(*) FROM item WHERE kind = '__main__.Point'"),
                game.number("SELECT COUNT(*) FROM item WHERE kind = '__main__.P'")))
        .containsExactly(6L, 4L);
  }
}
