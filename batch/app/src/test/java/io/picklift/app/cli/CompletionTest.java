package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code picklift completion} prints, in the shells that this machine has. */
final class CompletionTest {
  @TempDir private Path folder = Path.of("");

  private static boolean isThere(String shell) throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v " + shell).start().waitFor() == 0;
  }

  private Path script(String shell) throws Exception {
    return Files.writeString(folder.resolve("script"), Run.of("completion", shell).out());
  }

  private String run(String... line) throws Exception {
    Path out = folder.resolve("out");
    ProcessBuilder shell = new ProcessBuilder(line).redirectOutput(out.toFile());
    shell.redirectError(ProcessBuilder.Redirect.DISCARD);
    // Fish keeps its state in the home folder.
    shell.environment().put("HOME", folder.toString());
    int unused = shell.start().waitFor();
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  @Test
  void everyShellsScriptHasCommandsAndOptions() {
    for (String shell : List.of("bash", "zsh", "fish")) {
      assertThat(Run.of("completion", shell).out()).contains("verify", "baseline");
    }
    assertThat(Run.of("completion", "tcsh").status()).isEqualTo(2);
  }

  @Test
  void valuesAreWrittenAsPeopleTypeThem() {
    assertThat(Run.of("completion", "fish").out())
        .contains("-l progress -x -a 'auto bar lines none'", "quarantine' -a 'list show retry'")
        .contains("-l report -r -F ");
    assertThat(Run.of("completion", "--help").out()).contains("bash, zsh, fish");
  }

  @ParameterizedTest
  @CsvSource({
    "picklift qua, quarantine",
    "picklift quarantine re, retry",
    "picklift verify --base, --baseline",
    "picklift verify --progress li, lines",
    "picklift verify --key stop --base, --baseline",
    "picklift --vers, --version"
  })
  void fishCompletes(String typed, String completed) throws Exception {
    assumeTrue(isThere("fish"), "fish is not on this machine");
    assertThat(run("fish", "-c", "source " + script("fish") + "; complete -C '" + typed + "'"))
        .startsWith(completed)
        .containsOnlyOnce("\n");
  }

  @ParameterizedTest
  @CsvSource({
    "qua, quarantine",
    "verify --base, --baseline",
    "verify --progress li, lines",
    "quarantine re, retry"
  })
  void bashCompletes(String typed, String completed) throws Exception {
    assumeTrue(isThere("bash"), "bash is not on this machine");
    String words = "COMP_WORDS=(picklift " + typed + "); COMP_CWORD=" + typed.split(" ").length;
    String ask = "; _complete_picklift; echo \"${COMPREPLY[@]}\"";
    assertThat(run("bash", "--norc", "-c", "source " + script("bash") + "; " + words + ask))
        .isEqualTo(completed + "\n");
  }
}
