package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command finish, with the rights that the page lists. */
@Tag("database")
final class FinishCommandTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void theRightsOfThePageAreEnough() throws Exception {
    Game game = cutOver();
    try (Accounts accounts = new Accounts(game)) {
      Accounts.use(game, accounts.with(grants()));
      Path archive = folder.resolve("saves.zip");
      Run finish = Run.on(game, "finish", "--archive", archive);
      assertThat(finish.err()).isEmpty();
      assertThat(finish.status()).isEqualTo(ExitStatus.DONE);
      Run restore = Run.of("restore", "--from", archive, "--out", folder, "--key", "p0001");
      assertThat(restore.status()).as(restore.err()).isEqualTo(ExitStatus.DONE);
      assertThat(folder.resolve("p0001.pkl")).hasBinaryContent(Game.save(1));
      assertThat(folder.resolve("p0000.pkl")).doesNotExist();
      Run gone = Run.of("restore", "--from", archive, "--out", folder, "--key", "p0099");
      assertThat(gone.err()).contains("p0099: the archive has no such save");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "verify", "restore --check"})
  void whatComesAfterwardsIsTold(String command) throws Exception {
    Game game = cutOver();
    assertThat(Run.on(game, "finish", "--archive", folder.resolve("saves.zip")).status())
        .isEqualTo(ExitStatus.DONE);
    List<Object> words = new ArrayList<>(List.of(command.split(" ", -1)));
    Run after = Run.on(game, words.toArray());
    assertThat(after.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(after.err()).contains("finish took Picklift out of this target").hasLineCount(1);
  }

  private Game cutOver() throws Exception {
    Game game = new Game(folder);
    game.fill(2);
    Run.on(game, "cutover", "--all");
    return game;
  }

  private static List<Accounts.Grant> grants() throws IOException {
    String row =
        Files.readAllLines(Path.of("../GRANTS.md")).stream()
            .filter(line -> line.startsWith("| `finish` | | `"))
            .findFirst()
            .orElseThrow();
    List<Accounts.Grant> grants = new ArrayList<>();
    for (String privilege : row.substring(16, row.indexOf(" ON ")).split(", ", -1)) {
      grants.add(new Accounts.Grant(privilege, "game_v2.*"));
    }
    return grants;
  }

  /** A view that the account may not see the text of may read what is dropped. */
  @Test
  void aViewWhoseTextIsNotSeenIsTold() throws Exception {
    Game game = cutOver();
    game.target("CREATE VIEW strong AS SELECT save_id FROM player WHERE level > 70");
    Path archive = folder.resolve("saves.zip");
    try (Accounts accounts = new Accounts(game)) {
      List<Accounts.Grant> grants = grants();
      Accounts.use(game, accounts.with(grants));
      Run unseen = Run.on(game, "finish", "--archive", archive);
      assertThat(unseen.status()).as(unseen.err()).isEqualTo(ExitStatus.LOOK);
      assertThat(unseen.err())
          .contains("the view strong may read a table of Picklift's")
          .contains("grant it SHOW VIEW on the schema");
      assertThat(archive).doesNotExist();
      grants.add(new Accounts.Grant("SHOW VIEW", "game_v2.*"));
      Accounts.use(game, accounts.with(grants));
      Run seen = Run.on(game, "finish", "--archive", archive);
      assertThat(seen.status()).as(seen.err()).isEqualTo(ExitStatus.DONE);
    }
  }
}
