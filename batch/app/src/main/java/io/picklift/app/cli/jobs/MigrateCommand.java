package io.picklift.app.cli.jobs;

import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description =
        "Creates the target's tables and migrates every save; run again, it goes on or finds"
            + " nothing to do.")
public final class MigrateCommand extends JobCommand {
  @Mixin private final DryRunOption dry = new DryRunOption();

  @Override
  protected int run(Config config) throws DatabaseException, JobFailedException, IOException {
    return dry.isDry() ? dryRun(config, false, JobOptions.defaults()) : super.run(config);
  }

  @Override
  int run(Jobs jobs, Config config) throws JobFailedException, IOException {
    return told(jobs.migrate(), jobs, config);
  }
}
