package io.picklift.app.cli;

import io.picklift.app.account.RunSummary;
import io.picklift.app.config.Bound;
import io.picklift.app.config.Config;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    description = "Migrates what is new, changed or gone since.")
final class BackfillCommand extends JobCommand {
  @Option(
      names = "--full",
      description = "Compares every save by its hash, whatever its watermark says.")
  private boolean isFull;

  @Option(
      names = "--max-deleted",
      paramLabel = "N|P%",
      converter = BoundConverter.class,
      description =
          "How many saves this run may delete; default: run.max_deleted of the configuration, or 1%% or 10, whichever is more.")
  private @Nullable Bound maxDeleted;

  @Override
  JobOptions more(JobOptions options) {
    JobOptions bounded = maxDeleted == null ? options : options.withMaxDeleted(maxDeleted);
    return isFull ? bounded.full() : bounded;
  }

  @Override
  int run(Jobs jobs, Config config) throws JobFailedException, IOException {
    RunSummary summary = jobs.backfill();
    print(Summaries.of(summary));
    return summary.isClean() ? Exit.DONE : Exit.LOOK;
  }
}
