package io.picklift.app.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The script by which fish completes commands, options and their values. Picocli makes none for
 * this shell.
 */
final class FishCompletion {
  private static final String HEAD =
      """
      # The command is the first word; the value of an option may have the name of another command.
      function __picklift_runs
          set -l words (commandline -opc)
          test (count $words) -gt 1
          and test "$words[2]" = "$argv[1]"
      end

      complete -c picklift -f
      """;

  private final StringBuilder script = new StringBuilder(HEAD);

  private FishCompletion() {}

  static String of(CommandLine root) {
    FishCompletion all = new FishCompletion();
    root.getCommandSpec().options().forEach(it -> all.option("__fish_use_subcommand", it));
    for (Map.Entry<String, CommandLine> command : root.getSubcommands().entrySet()) {
      all.command(command.getKey(), command.getValue().getCommandSpec());
    }
    return all.script.toString();
  }

  private void command(String name, CommandSpec command) {
    line("__fish_use_subcommand", " -a " + name + text(command.usageMessage().description()));
    String when = "'__picklift_runs " + name + "'";
    command.options().forEach(it -> option(when, it));
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      @Nullable String values = values(parameter);
      if (values != null) {
        line(when, " -a " + values);
      } else if (isFile(parameter)) {
        line(when, " -F");
      }
    }
  }

  private void option(String when, OptionSpec option) {
    StringBuilder rest = new StringBuilder();
    for (String name : option.names()) {
      rest.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
    }
    @Nullable String values = values(option);
    if (values != null) {
      rest.append(" -x -a ").append(values);
    } else if (option.arity().min() > 0) {
      rest.append(isFile(option) ? " -r -F" : " -x");
    }
    line(when, rest + text(option.description()));
  }

  private void line(String when, String rest) {
    script.append("complete -c picklift -n ").append(when).append(rest).append('\n');
  }

  private static boolean isFile(ArgSpec argument) {
    Class<?> type = argument.auxiliaryTypes()[0];
    return type == Path.class || type == File.class;
  }

  /** What an option or a parameter may be; null where that is no list. */
  private static @Nullable String values(ArgSpec argument) {
    Iterable<String> candidates = argument.completionCandidates();
    return candidates == null ? null : "'" + String.join(" ", candidates) + "'";
  }

  private static String text(String[] lines) {
    String line = String.join(" ", lines).replace("%%", "%").strip();
    return line.isEmpty() ? "" : " -d '" + line.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
