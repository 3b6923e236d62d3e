package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target is taken to another mapping, and back. */
@Tag("database")
final class EvolveCommandTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void theRightsOfThePageAreEnough() throws Exception {
    Game game = new Game(folder);
    game.fill(2);
    Run.on(game, "migrate");
    Path next =
        Files.writeString(
            folder.resolve("next.yaml"),
            Files.readString(folder.resolve("mapping.yaml"))
                .replace("level: INT", "level: BIGINT")
                .replace("money: DOUBLE", "money: {type: DOUBLE, index: true}"));
    String row =
        Files.readAllLines(Path.of("../GRANTS.md")).stream()
            .filter(line -> line.startsWith("| `evolve` | | `"))
            .findFirst()
            .orElseThrow();
    List<Accounts.Grant> grants = new ArrayList<>();
    for (String privilege : row.substring(16, row.indexOf(" ON ")).split(", ", -1)) {
      grants.add(new Accounts.Grant(privilege, "game_v2.*"));
    }
    try (Accounts accounts = new Accounts(game)) {
      Accounts.use(game, accounts.with(grants));
      Run evolve = Run.on(game, "evolve", "--mapping", next);
      // On a busy machine it says how far it is.
      assertThat(evolve.err().lines().filter(line -> !line.startsWith("evolve: "))).isEmpty();
      assertThat(evolve.status()).isEqualTo(ExitStatus.DONE);
      grants.removeIf(grant -> grant.privilege().equals("LOCK TABLES"));
      Accounts.use(game, accounts.with(grants));
      Run back = Run.on(game, "evolve", "--back");
      assertThat(back.status()).isEqualTo(ExitStatus.USAGE);
    }
  }

  /** Saves whose rows were edited are read from the pickles that are made of them. */
  @Test
  void eachEngineReadsEditedSavesAndFindsTheSame() throws Exception {
    Game game = new Game(folder);
    game.fill(4);
    Run.on(game, "migrate");
    game.target("UPDATE player SET level = level + 1000");
    Path mapping = folder.resolve("mapping.yaml");
    String first = Files.readString(mapping);
    String other = first.replace("level: INT", "level: BIGINT");
    Path next = folder.resolve("next.yaml");
    Map<String, String> edited = restored(game, "edited");
    assertThat(Run.on(game, "evolve", "--back", "--engine", "none").status())
        .isEqualTo(ExitStatus.USAGE);
    for (String engine : List.of("jython", "both", "fast")) {
      String wanted = Files.readString(mapping).equals(first) ? other : first;
      Files.writeString(next, wanted);
      Run evolve = Run.on(game, "evolve", "--mapping", next, "--engine", engine);
      // On a busy machine it says how far it is.
      assertThat(evolve.err().lines().filter(line -> !line.startsWith("evolve: "))).isEmpty();
      assertThat(evolve.out()).contains("4  saves converted to the other mapping");
      Files.writeString(mapping, wanted);
      assertThat(restored(game, engine)).isEqualTo(edited);
    }
  }

  private Map<String, String> restored(Game game, String name) throws IOException {
    Path out = folder.resolve(name);
    assertThat(Run.on(game, "restore", "--out", out).status()).isEqualTo(ExitStatus.DONE);
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(out)) {
      for (Path file : all.toList()) {
        files.put(
            String.valueOf(file.getFileName()), HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  @Test
  void aTargetGoesToAnotherMappingAndBack() throws Exception {
    Game game = new Game(folder);
    game.fill(6);
    Run.on(game, "migrate");
    Path mapping = folder.resolve("mapping.yaml");
    String first = Files.readString(mapping);
    Path next =
        Files.writeString(
            folder.resolve("next.yaml"), first.replace("level: INT", "level: BIGINT"));
    assertThat(Run.on(game, "evolve").status()).isEqualTo(ExitStatus.USAGE);
    assertThat(Run.on(game, "evolve", "--back", "--mapping", next).status())
        .isEqualTo(ExitStatus.USAGE);

    Run evolve = Run.on(game, "evolve", "--mapping", next);
    // On a busy machine it says how far it is.
    assertThat(evolve.err().lines().filter(line -> !line.startsWith("evolve: "))).isEmpty();
    assertThat(evolve.out())
        .isEqualTo(
            """
                     6  saves converted to the other mapping
            picklift.yaml has to name that mapping from now on
            """);
    assertThat(evolve.status()).isEqualTo(ExitStatus.DONE);
    // The configuration has the former one still.
    Run former = Run.on(game, "verify");
    assertThat(former.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(former.err()).contains("6 saves of the target were migrated with another mapping");
    Files.copy(next, mapping, StandardCopyOption.REPLACE_EXISTING);
    assertThat(Run.on(game, "verify").status()).isEqualTo(ExitStatus.DONE);
    assertThat(Run.on(game, "evolve", "--mapping", next).out())
        .isEqualTo("the target has this mapping\n");
    assertThat(Run.on(game, "plan", "--mapping", next).out()).contains("0  changes");

    assertThat(Run.on(game, "evolve", "--back").status()).isEqualTo(ExitStatus.DONE);
    Files.writeString(mapping, first);
    Run verify = Run.on(game, "verify");
    assertThat(verify.err()).isEmpty();
    assertThat(verify.status()).isEqualTo(ExitStatus.DONE);
  }
}
