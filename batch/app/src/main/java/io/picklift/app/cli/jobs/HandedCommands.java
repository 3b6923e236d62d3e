package io.picklift.app.cli.jobs;

import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.cli.terminal.Terminal;
import io.picklift.app.cli.terminal.TerminalOwner;
import io.picklift.app.config.Config;
import io.picklift.app.control.Errand;
import io.picklift.app.control.ErrandOutcome;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.Jobs;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Commands that a process which follows the log does in place of the process they were given to.
 */
final class HandedCommands {
  private static final Logger LOG = LoggerFactory.getLogger(HandedCommands.class);

  /** What concerns the process that was called, and how it tells of itself. */
  private static final Set<String> OWN =
      Set.of("--config", "--progress", "--quiet", "--verbose", "--cron");

  /** A process that is to work in a way of its own works itself. */
  private static final Set<String> KEPT =
      Set.of(
          "--partitions",
          "--source-moved",
          "--max-quarantine",
          "--max-rate",
          "--accept",
          "--engine",
          "--events");

  private final Jobs jobs;
  private final Config config;

  HandedCommands(Jobs jobs, Config config) {
    this.jobs = jobs;
    this.config = config;
  }

  /** The command line again, of the command's own options; null where it is not handed over. */
  static @Nullable List<String> arguments(ParseResult parsed) {
    List<String> arguments = new ArrayList<>();
    arguments.add(parsed.commandSpec().name());
    for (OptionSpec option : parsed.matchedOptions()) {
      String name = option.longestName();
      if (KEPT.contains(name)) {
        return null;
      }
      if (OWN.contains(name)) {
        continue;
      }
      if (option.arity().max() == 0) {
        arguments.add(name);
      } else {
        option.originalStringValues().forEach(value -> arguments.add(name + "=" + value));
      }
    }
    // A value that begins like an option is a value all the same.
    arguments.add("--");
    for (PositionalParamSpec parameter : parsed.matchedPositionals()) {
      arguments.addAll(parameter.originalStringValues());
    }
    return arguments;
  }

  /** Prints text. */
  interface Printer {
    void print(String text) throws IOException;
  }

  /** Shows what became of a command that was handed over, and returns its status. */
  static int status(ErrandOutcome outcome, Printer printer) throws IOException {
    printer.print(outcome.output());
    String failure = outcome.failure();
    if (failure == null) {
      return outcome.status();
    }
    throw switch (outcome.status()) {
      case ExitStatus.LOOK -> CommandException.look(failure);
      case ExitStatus.USAGE -> CommandException.usage(failure);
      default -> CommandException.unfinished(failure);
    };
  }

  /** The commands that may be handed over. */
  @Command(
      name = "picklift",
      subcommands = {
        CutoverCommand.class,
        WritebackCommand.class,
        RepairCommand.class,
        QuarantineCommand.class
      })
  private record Handed(Terminal terminal) implements TerminalOwner {}

  /** Does one within this process. */
  ErrandOutcome run(Errand errand) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    CommandException failure = null;
    int status = ExitStatus.UNFINISHED;
    try {
      status = run(errand, output);
    } catch (CommandException e) {
      failure = e;
    } catch (ParameterException e) {
      failure = CommandException.usage(String.valueOf(e.getMessage()));
    } catch (ConfigurationException | JobFailedException e) {
      failure = ConfigCommand.told(e, config);
    } catch (IOException e) {
      failure = CommandException.unfinished(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // What is wrong with one command is no reason to follow no more.
      LOG.error("{} failed", errand.name(), e);
      failure = CommandException.unfinished("it failed: " + e.getClass().getSimpleName());
    }
    return new ErrandOutcome(
        failure == null ? status : failure.status(),
        output.toString(StandardCharsets.UTF_8),
        failure == null ? null : failure.getMessage());
  }

  private int run(Errand errand, ByteArrayOutputStream output)
      throws JobFailedException, IOException {
    if (!errand.mapping().equals(jobs.mapping())) {
      throw CommandException.usage(
          "the process that follows the log works under another mapping than this command: stop"
              + " one of them");
    }
    PrintStream err = new PrintStream(output, true, StandardCharsets.UTF_8);
    CommandLine line = new CommandLine(new Handed(new Terminal(output, err)));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    ParseResult parsed = line.parseArgs(errand.arguments().toArray(String[]::new));
    JobCommand command = (JobCommand) parsed.subcommand().commandSpec().userObject();
    command.check();
    return command.runHanded(jobs, config);
  }
}
