package io.picklift.app.cli;

import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.Jobs;
import io.picklift.app.target.RunSummary;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    description = "Migrates what is new, changed or gone since.")
final class BackfillCommand extends JobCommand {
  @Override
  int run(Jobs jobs) throws JobFailedException, IOException {
    RunSummary summary = jobs.backfill();
    print(Summaries.of(summary));
    return summary.isClean() ? Exit.DONE : Exit.LOOK;
  }
}
