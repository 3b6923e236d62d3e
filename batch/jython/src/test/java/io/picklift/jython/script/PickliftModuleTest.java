package io.picklift.jython.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.jython.ScriptRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users' scripts and the module {@code picklift}: the checks are in Python. */
class PickliftModuleTest {
  private static final Path SCRIPTS = Path.of("src/test/resources/scripts");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Path folder;

  PickliftModuleTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private int run(Path script, String... arguments) throws IOException {
    return new ScriptRunner(Limits.defaults(), out, err).run(script, List.of(arguments));
  }

  private int run(String source) throws IOException {
    Path script = folder.resolve("script.py");
    Files.writeString(script, source);
    return run(script);
  }

  private String said(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  @Test
  void loadsAndDumps() throws IOException {
    int status = run(SCRIPTS.resolve("inert.py"), SCRIPTS.resolve("save.pkl").toString());
    assertThat(said(err)).isEmpty();
    assertThat(said(out)).isEqualTo("checked 2\n");
    assertThat(status).isEqualTo(7);
  }

  @Test
  void aScriptMayImportWhatLiesBesideIt() throws IOException {
    Files.writeString(folder.resolve("beside.py"), "answer = 42\n");
    assertThat(run("import beside, os.path\nprint beside.answer\n")).isZero();
    assertThat(said(out)).isEqualTo("42\n");
  }

  @Test
  void anExceptionIsShownWithItsLine() throws IOException {
    assertThat(run("x = 1\nx / 0\n")).isEqualTo(1);
    assertThat(said(err)).contains("script.py\", line 2").contains("ZeroDivisionError");
  }

  @Test
  void theExitStatusIsTheScripts() throws IOException {
    assertThat(run("import sys\nsys.exit()\n")).isZero();
    assertThat(run("raise SystemExit('so it is')\n")).isEqualTo(1);
    assertThat(said(err)).isEqualTo("so it is\n");
  }
}
