package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command finish, with the rights that the page lists. */
@Tag("database")
final class FinishCommandTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void theRightsOfThePageAreEnough() throws Exception {
    Game game = new Game(folder);
    game.fill(2);
    Run.on(game, "cutover", "--all");
    String row =
        Files.readAllLines(Path.of("../GRANTS.md")).stream()
            .filter(line -> line.startsWith("| `finish` | | `"))
            .findFirst()
            .orElseThrow();
    List<Accounts.Grant> grants = new ArrayList<>();
    for (String privilege : row.substring(16, row.indexOf(" ON ")).split(", ", -1)) {
      grants.add(new Accounts.Grant(privilege, "game_v2.*"));
    }
    try (Accounts accounts = new Accounts(game)) {
      Accounts.use(game, accounts.with(grants));
      Path archive = folder.resolve("saves.zip");
      Run finish = Run.on(game, "finish", "--archive", archive);
      assertThat(finish.err()).isEmpty();
      assertThat(finish.status()).isEqualTo(ExitStatus.DONE);
      Run restore = Run.of("restore", "--from", archive, "--out", folder, "--key", "p0001");
      assertThat(restore.status()).as(restore.err()).isEqualTo(ExitStatus.DONE);
      assertThat(folder.resolve("p0001.pkl")).hasBinaryContent(Game.save(1));
      assertThat(folder.resolve("p0000.pkl")).doesNotExist();
    }
  }
}
