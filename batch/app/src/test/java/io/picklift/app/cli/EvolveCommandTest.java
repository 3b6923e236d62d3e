package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
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
      assertThat(evolve.err()).isEmpty();
      assertThat(evolve.status()).isEqualTo(ExitStatus.DONE);
      grants.removeIf(grant -> grant.privilege().equals("LOCK TABLES"));
      Accounts.use(game, accounts.with(grants));
      Run back = Run.on(game, "evolve", "--back");
      assertThat(back.status()).isEqualTo(ExitStatus.USAGE);
    }
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
    assertThat(evolve.err()).isEmpty();
    assertThat(evolve.out())
        .isEqualTo(
            """
                     6  saves taken to the other mapping
            picklift.yaml has to name that mapping from now on
            """);
    assertThat(evolve.status()).isEqualTo(ExitStatus.DONE);
    // The configuration has the former one still.
    Run former = Run.on(game, "verify");
    assertThat(former.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(former.err()).contains("6 saves that were migrated with another mapping");
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
