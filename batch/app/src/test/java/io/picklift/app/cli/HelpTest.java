package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HelpTest {
  /** All commands that there are, as completion has them. */
  static List<String> commands() {
    List<String> commands = new ArrayList<>();
    Matcher name =
        Pattern.compile("__fish_use_subcommand -a (\\w+) ")
            .matcher(Run.of("completion", "fish").out());
    while (name.find()) {
      commands.add(name.group(1));
    }
    assertThat(commands).contains("migrate", "quarantine", "stop");
    return commands;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyHelpHasExamplesAndExitStatuses(String command) {
    Run run = Run.of(command, "--help");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("Examples:", "Exit status:", "Not finished")
        .doesNotContain("%%");
  }

  @Test
  void theVersionTellsTheJava() {
    assertThat(Run.of("--version").out())
        .contains("picklift ", "Java " + System.getProperty("java.version"));
  }

  @Test
  void diffNamesPathsInTheWordsOfTheObject(@TempDir Path folder) throws Exception {
    Path one =
        Files.write(folder.resolve("a"), "(dp0\nVage\nI41\ns.".getBytes(StandardCharsets.US_ASCII));
    Path other =
        Files.write(folder.resolve("b"), "(dp0\nVage\nI42\ns.".getBytes(StandardCharsets.US_ASCII));
    assertThat(Run.of("diff", one, other)).isEqualTo(new Run(1, "age: 41 / 42\n", ""));
    assertThat(Run.of("diff", one, one)).isEqualTo(new Run(0, "", ""));
  }
}
