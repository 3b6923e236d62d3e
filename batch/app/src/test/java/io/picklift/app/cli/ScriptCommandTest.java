package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users' scripts, and the engines by name. */
final class ScriptCommandTest {
  @TempDir private Path folder = Path.of("");

  private Path save() throws Exception {
    return Files.write(folder.resolve("save.pkl"), Game.save(3));
  }

  @Test
  void aScriptGetsItsArgumentsAndGivesItsStatus() throws Exception {
    Path script = folder.resolve("script.py");
    Files.writeString(
        script,
        """
        import sys, picklift
        data = open(sys.argv[2], 'rb').read()
        player = picklift.loads(data)
        print sys.argv[1], player.cls, player.name, picklift.dumps(player) == data
        sys.exit(5)
        """);
    Run run = Run.of("script", script, "--loud", save());
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("--loud game.Player Player 3 True\n");
    assertThat(run.status()).isEqualTo(5);
  }

  @Test
  void aScriptThatIsNotThere() {
    Run run = Run.of("script", folder.resolve("none.py"));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("picklift: there is no file " + folder.resolve("none.py") + "\n");
  }

  @Test
  void everyEngineGivesTheSameDocument() throws Exception {
    Run fast = Run.of("decode", save());
    assertThat(fast.out()).contains("\"$class\": \"game.Player\"");
    assertThat(Run.of("decode", "--engine", "jython", save())).isEqualTo(fast);
    assertThat(Run.of("decode", "--engine", "both", save())).isEqualTo(fast);
    Path refused =
        Files.write(folder.resolve("refused.pkl"), new byte[] {(byte) 0x80, 2, 'K', 1, 'a', '.'});
    Run java = Run.of("decode", refused);
    assertThat(java.err()).contains("refused.pkl: at byte 4, APPEND");
    assertThat(Run.of("decode", "--engine", "jython", refused).err())
        .contains("refused.pkl: at byte 4, APPEND");
  }
}
