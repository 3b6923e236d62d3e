package io.picklift.app.cli;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.cli.terminal.TerminalOwner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints a script that completes commands and options in a shell.")
final class CompletionCommand implements Callable<Integer> {
  /** Shells there is a script for. */
  enum Shell {
    BASH,
    ZSH,
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @ParentCommand private TerminalOwner main;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  private Shell shell = Shell.BASH;

  @SuppressWarnings("NullAway.Init") // picocli sets main and spec
  CompletionCommand() {}

  @Override
  public Integer call() throws IOException {
    CommandLine root = spec.root().commandLine();
    String script =
        switch (shell) {
          // Picocli's script for bash loads what zsh needs to take it.
          case BASH, ZSH -> AutoComplete.bash("picklift", root);
          case FISH -> FishCompletion.of(root);
        };
    main.terminal().out().write(script.getBytes(StandardCharsets.UTF_8));
    return ExitStatus.DONE;
  }
}
