package io.picklift.app.cli;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.cli.terminal.TerminalOwner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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
    FISH
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
          case BASH -> AutoComplete.bash("picklift", root);
          case ZSH ->
              "autoload -U +X bashcompinit && bashcompinit\n" + AutoComplete.bash("picklift", root);
          case FISH -> fish(root);
        };
    main.terminal().out().write(script.getBytes(StandardCharsets.UTF_8));
    return ExitStatus.DONE;
  }

  private static String fish(CommandLine root) {
    StringBuilder script = new StringBuilder("complete -c picklift -f\n");
    for (Map.Entry<String, CommandLine> command : root.getSubcommands().entrySet()) {
      CommandSpec its = command.getValue().getCommandSpec();
      script.append("complete -c picklift -n __fish_use_subcommand -a ").append(command.getKey());
      script.append(" -d '").append(text(its.usageMessage().description())).append("'\n");
      String when = "'__fish_seen_subcommand_from " + command.getKey() + "'";
      for (OptionSpec option : its.options()) {
        script.append("complete -c picklift -n ").append(when);
        script.append(" -l ").append(option.longestName().replaceFirst("^-+", ""));
        script.append(option.arity().max() > 0 ? " -r -F" : "");
        script.append(" -d '").append(text(option.description())).append("'\n");
      }
      script.append("complete -c picklift -n ").append(when).append(" -F\n");
    }
    return script.toString();
  }

  private static String text(String[] lines) {
    return lines.length == 0 ? "" : lines[0].replace("%%", "%").replace("'", "\\'");
  }
}
