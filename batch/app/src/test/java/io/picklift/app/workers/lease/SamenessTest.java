package io.picklift.app.workers.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.config.Config;
import io.picklift.app.job.Game;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker is refused for, by its name. */
@Tag("database")
final class SamenessTest {
  private static final byte[] MAPPING = {1, 2};

  @TempDir private Path folder = Path.of("");

  private Config config() throws Exception {
    Game game = new Game(folder);
    game.configure("");
    return game.config();
  }

  @Test
  void theSameIsNotRefused() throws Exception {
    Config config = config();
    assertThat(
            Sameness.difference(
                Sameness.of(config, "1", MAPPING), Sameness.of(config, "1", MAPPING)))
        .isNull();
  }

  @Test
  void versionAndMappingAreNamed() throws Exception {
    Config config = config();
    String mine = Sameness.of(config, "1", MAPPING);
    assertThat(Sameness.difference(mine, Sameness.of(config, "2", MAPPING))).isEqualTo("version");
    assertThat(Sameness.difference(mine, Sameness.of(config, "1", new byte[] {1, 3})))
        .isEqualTo("mapping");
  }

  @Test
  void zoneRulesOfAnotherJavaAreNamed() throws Exception {
    String mine = Sameness.of(config(), "1", MAPPING);
    assertThat(mine).containsPattern("(?m)^Java's zone rules=2\\d{3}[a-z]$");
    String theirs = mine.replaceFirst("(?m)^Java's zone rules=.*$", "Java's zone rules=1999a");
    assertThat(Sameness.difference(mine, theirs)).isEqualTo("Java's zone rules");
  }

  @Test
  void adaptersAreNamedByWhatTheyContain() throws Exception {
    Path adapters = folder.resolve("adapters.py");
    Files.writeString(adapters, "# one\n", StandardCharsets.UTF_8);
    Game game = new Game(folder);
    game.configure("");
    String plain = Files.readString(game.file());
    Files.writeString(game.file(), plain + "adapters: [" + adapters + "]\n");
    Config config = game.config();
    String mine = Sameness.of(config, "1", MAPPING);
    Files.writeString(adapters, "# two\n", StandardCharsets.UTF_8);
    assertThat(Sameness.difference(mine, Sameness.of(config, "1", MAPPING))).isEqualTo("adapters");
  }

  @Test
  void whetherBasesAreKeptIsNamed() throws Exception {
    Game game = new Game(folder);
    game.configure("");
    String mine = Sameness.of(game.config(), "1", MAPPING);
    String plain = Files.readString(game.file());
    Files.writeString(game.file(), plain.replace("target:\n", "target:\n  keep_base: true\n"));
    assertThat(Sameness.difference(mine, Sameness.of(game.config(), "1", MAPPING)))
        .isEqualTo("target.keep_base");
  }

  @Test
  void whatOneKindOfWorkAsksForIsComparedForThatKindAlone() throws Exception {
    String mine = Sameness.of(config(), "1", MAPPING);
    Map<String, String> key = Map.of("PICKLIFT_SIGNING_KEY", "a");
    assertThat(Sameness.difference(mine, key, mine)).isNull();
    String other = Sameness.with(mine, Map.of("PICKLIFT_SIGNING_KEY", "b"));
    assertThat(Sameness.difference(mine, key, other)).isEqualTo("PICKLIFT_SIGNING_KEY");
  }
}
