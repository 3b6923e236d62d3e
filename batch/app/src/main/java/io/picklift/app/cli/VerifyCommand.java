package io.picklift.app.cli;

import io.picklift.app.accept.AcceptFile;
import io.picklift.app.accept.AcceptList;
import io.picklift.app.config.Config;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.Jobs;
import io.picklift.app.report.Baseline;
import io.picklift.app.report.Reports;
import io.picklift.app.report.SourceLines;
import io.picklift.app.report.TextReport;
import io.picklift.app.report.Values;
import io.picklift.app.report.VerifyReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Proves target against source, save by save; changes nothing in either.")
final class VerifyCommand extends JobCommand {
  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Writes DIR/junit.xml, report.json, report.html, summary.md and report.sarif.")
  private @Nullable Path folder;

  @Option(
      names = "--values",
      paramLabel = "HOW",
      description = {
        "Whether the reports show what saves hold: ${COMPLETION-CANDIDATES}.",
        "Default: hashes in summary.md and report.sarif, full in the others."
      })
  private @Nullable Values values;

  @Option(
      names = "--accept",
      paramLabel = "FILE",
      description = "What may be found without complaint; default: 'accept' of the configuration.")
  private @Nullable Path accept;

  @Option(
      names = "--write-accept",
      paramLabel = "FILE",
      description = "Writes a file for --accept with all that is found now, for you to edit.")
  private @Nullable Path writeAccept;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "A previous report.json: the report tells what is new, known or fixed since.")
  private @Nullable Path baseline;

  private AcceptList accepted = AcceptList.none();
  private @Nullable Baseline previous;

  @Override
  void check() {
    super.check();
    if (folder != null) {
      FilesCommand.makeFolder("--report", folder);
    }
    try {
      previous = baseline == null ? null : Baseline.read(baseline);
    } catch (IOException e) {
      throw CommandException.usage("--baseline: " + e.getMessage());
    }
  }

  @Override
  void check(Config config) {
    Path file = accept == null ? config.accept() : accept;
    accepted = file == null ? AcceptList.none() : AcceptFile.read(file, Clock.systemDefaultZone());
  }

  @Override
  int run(Jobs jobs, Config config) throws JobFailedException, IOException {
    VerifyReport report = jobs.report(accepted, previous);
    report.about("picklift", Version.number());
    report.about("java", Version.java());
    report.about("engine", engine());
    report.about("partitions", Integer.toString(partitions()));
    jobs.verify(report);
    if (folder != null) {
      SourceLines lines = new SourceLines(Path.of(""), configFile(), config.mapping());
      Reports.write(report, folder, new Reports.Options(values, lines, stepSummary()));
    }
    if (writeAccept != null) {
      AcceptFile.write(
          writeAccept,
          report.toAccept(
              "known on " + LocalDate.now(Clock.systemDefaultZone()) + "; say why",
              System.getProperty("user.name", "")));
    }
    print(TextReport.of(report));
    return report.isClean() ? Exit.DONE : Exit.LOOK;
  }

  /** Where GitHub wants a step's summary; null elsewhere. */
  private static @Nullable Path stepSummary() {
    String file = System.getenv("GITHUB_STEP_SUMMARY");
    return file == null || file.isEmpty() ? null : Path.of(file);
  }
}
