package io.picklift.app.cli;

import io.picklift.app.config.Config;
import io.picklift.app.config.ConfigException;
import io.picklift.app.config.ConfigReader;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.source.DatabaseException;
import io.picklift.app.source.Engine;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that runs a job with a configuration. */
abstract class JobCommand implements Callable<Integer> {
  @ParentCommand private Main main;

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "picklift.yaml",
      description = "The configuration; default: ${DEFAULT-VALUE}.")
  private Path config = Path.of("picklift.yaml");

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description =
          "How many ranges of keys at a time, 1 to 64; default: one a processor, at least 2.")
  private int partitions = JobOptions.defaults().partitions();

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "fast",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Engine.Name engine = Engine.Name.FAST;

  @SuppressWarnings("NullAway.Init") // picocli sets main and spec
  JobCommand() {}

  /** Runs on what was opened, and returns the exit status. */
  abstract int run(Jobs jobs) throws JobFailedException, IOException;

  /** Refuses what is wrong on the command line before anything is opened. */
  void check() {}

  @Override
  public final Integer call() throws IOException {
    if (partitions < 1 || partitions > 64) {
      throw new ParameterException(spec.commandLine(), "--partitions: from 1 to 64");
    }
    check();
    try {
      Config read = ConfigReader.read(config);
      JobOptions options = new JobOptions(partitions, engine, Limits.defaults());
      try (ProgressLine progress = ProgressLine.on(terminal().err());
          Jobs jobs = Jobs.open(read, options, progress)) {
        return run(jobs);
      }
    } catch (ConfigException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    } catch (DatabaseException e) {
      String message = String.valueOf(e.getMessage());
      throw e.isConfiguration()
          ? CommandException.usage(message)
          : CommandException.unfinished(message);
    } catch (JobFailedException e) {
      throw CommandException.unfinished(String.valueOf(e.getMessage()));
    }
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
