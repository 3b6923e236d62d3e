package io.picklift.app.cli;

import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.Jobs;
import io.picklift.app.report.Reports;
import io.picklift.app.report.VerifyReport;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Proves target against source, save by save; reads only.")
final class VerifyCommand extends JobCommand {
  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Writes DIR/junit.xml, report.json and report.html.")
  private @Nullable Path folder;

  @Override
  void check() {
    super.check();
    if (folder != null) {
      FilesCommand.makeFolder("--report", folder);
    }
  }

  @Override
  int run(Jobs jobs) throws JobFailedException, IOException {
    VerifyReport report = jobs.verify();
    if (folder != null) {
      Reports.write(report, folder);
    }
    print(Summaries.of(report));
    return report.isClean() ? Exit.DONE : Exit.LOOK;
  }
}
