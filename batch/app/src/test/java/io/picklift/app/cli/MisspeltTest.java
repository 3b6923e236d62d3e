package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is plainly misspelt is told while a run goes on, once, when a hundred saves are written. */
@Tag("database")
final class MisspeltTest {
  @TempDir private Path folder = Path.of("");

  private Run migrate(int saves) throws Exception {
    Game game = new Game(folder);
    game.fill(saves);
    game.configure("  columns: {name: nmae, level: level}\n");
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(
        mapping, Files.readString(mapping).replace("class: game.Friend", "class: game.Frend"));
    return Run.of("migrate", "--config", game.file());
  }

  @Test
  void theNearestNamesAreTold() throws Exception {
    Run run = migrate(230);
    assertThat(run.err().lines().filter(line -> line.contains("source.columns")))
        .containsExactly("source.columns.name: no save has nmae; did you mean name?");
    assertThat(run.err().lines().filter(line -> line.contains("game.Frend")))
        .singleElement(InstanceOfAssertFactories.STRING)
        .endsWith("no save has an object of class game.Frend; did you mean game.Friend?");
    assertThat(run.out()).contains("230");
  }

  @Test
  void fewSavesSayNothing() throws Exception {
    assertThat(migrate(30).err()).doesNotContain("source.columns");
  }
}
