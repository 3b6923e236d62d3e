package io.picklift.app.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Main;
import io.picklift.app.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Following from the command line. */
@Tag("database")
final class FollowCommandTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void whatAPassCountedIsNotGluedToTheBar() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.put("p1", 1);
      ByteArrayOutputStream terminal = new ByteArrayOutputStream();
      int status =
          Main.run(
              new Terminal(terminal, new PrintStream(terminal, true, StandardCharsets.UTF_8)),
              "backfill",
              "--until-caught-up",
              "--progress",
              "bar",
              "--config",
              followed.game.file().toString());
      String shown = terminal.toString(StandardCharsets.UTF_8);
      assertThat(status).as(shown).isZero();
      assertThat(shown).containsPattern("\n *1  rows in the source\n");
    }
  }
}
