package io.picklift.app.cli;

import io.picklift.app.config.Config;
import io.picklift.app.config.ConfigException;
import io.picklift.app.config.ConfigReader;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.scan.ScanException;
import io.picklift.schema.mapping.MappingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command over what a configuration describes; whatever goes wrong there ends it in one line. */
abstract class ConfigCommand implements Callable<Integer> {
  /** The most partitions or threads that a command takes. */
  static final int MOST_AT_A_TIME = 64;

  @ParentCommand private Main main;

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "picklift.yaml",
      description = "The configuration; default: ${DEFAULT-VALUE}.")
  private Path config = Path.of("picklift.yaml");

  @SuppressWarnings("NullAway.Init") // picocli sets main and spec
  ConfigCommand() {}

  /** Refuses what is wrong on the command line before anything is opened. */
  void check() {}

  /** Does it, and returns the exit status. */
  abstract int run(Config config)
      throws DatabaseException, JobFailedException, ScanException, MappingException, IOException;

  @Override
  public final Integer call() throws IOException {
    check();
    try {
      return run(ConfigReader.read(config));
    } catch (ConfigException | MappingException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    } catch (DatabaseException e) {
      String message = String.valueOf(e.getMessage());
      throw e.isConfiguration()
          ? CommandException.usage(message)
          : CommandException.unfinished(message);
    } catch (JobFailedException | ScanException e) {
      throw CommandException.unfinished(String.valueOf(e.getMessage()));
    }
  }

  final ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  final Path configFile() {
    return config;
  }

  final Terminal terminal() {
    return main.terminal();
  }

  /** Writes text to standard output. */
  final void print(String text) throws IOException {
    terminal().out().write(text.getBytes(StandardCharsets.UTF_8));
    terminal().out().flush();
  }
}
