package io.picklift.app.cli;

import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that runs a job with a configuration. */
abstract class JobCommand extends ConfigCommand {
  @Option(
      names = "--partitions",
      paramLabel = "N",
      description =
          "How many ranges of keys at a time, 1 to 64; default: one a processor, at least 2.")
  private int partitions = JobOptions.defaults().partitions();

  @Mixin private final EngineOption engine = new EngineOption();

  /** Runs on what was opened, and returns the exit status. */
  abstract int run(Jobs jobs) throws JobFailedException, IOException;

  @Override
  void check() {
    if (partitions < 1 || partitions > MOST_AT_A_TIME) {
      throw wrong("--partitions: from 1 to " + MOST_AT_A_TIME);
    }
  }

  @Override
  final int run(Config config) throws DatabaseException, JobFailedException, IOException {
    JobOptions options = JobOptions.of(partitions, engine.name());
    try (ProgressLine progress = ProgressLine.on(terminal().err());
        Jobs jobs = Jobs.open(config, options, progress)) {
      return run(jobs);
    }
  }
}
