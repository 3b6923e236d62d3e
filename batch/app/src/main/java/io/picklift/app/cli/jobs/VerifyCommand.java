package io.picklift.app.cli.jobs;

import io.picklift.app.accept.AcceptFile;
import io.picklift.app.accept.AcceptList;
import io.picklift.app.cli.files.FilesCommand;
import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.cli.terminal.ProgressLine;
import io.picklift.app.cli.terminal.Version;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.job.FailureText;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.Jobs;
import io.picklift.app.report.EarlierFindings;
import io.picklift.app.report.ValueDisclosure;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.report.form.Reports;
import io.picklift.app.report.form.SourceLines;
import io.picklift.app.report.form.TextReport;
import io.picklift.app.verify.DirectVerify;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Proves target against source, save by save; changes nothing in either.")
public final class VerifyCommand extends JobCommand {
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
  private @Nullable ValueDisclosure values;

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

  @Option(
      names = "--key",
      paramLabel = "K",
      description = "Only the save of this key; may be given more than once. Takes no lock.")
  private List<String> keys = List.of();

  @Option(
      names = "--sample",
      paramLabel = "P%",
      description = "Only so many of the rows, at least 20, spread over the keys. Takes no lock.")
  private @Nullable String sample;

  @Option(
      names = "--read-only",
      description = {
        "Takes no lock and writes nothing into the target: SELECT is enough on both sides.",
        "How far it is stands in a file beside the reports; killed, it goes on from there."
      })
  private boolean isReadOnly;

  private AcceptList accepted = AcceptList.none();
  private @Nullable EarlierFindings previous;

  @Override
  protected void check() {
    super.check();
    if (folder != null) {
      FilesCommand.makeFolder("--report", folder);
    }
    if (sample != null) {
      percent(sample);
    }
    try {
      previous = baseline == null ? null : EarlierFindings.read(baseline);
    } catch (IOException e) {
      throw CommandException.usage("--baseline: " + e.getMessage());
    }
  }

  @Override
  void check(Config config) {
    Path file = accept == null ? config.accept() : accept;
    accepted =
        file == null
            ? AcceptList.none()
            : AcceptFile.read(file, Clock.system(ZoneId.systemDefault()));
  }

  @Override
  protected int run(Config config) throws DatabaseException, JobFailedException, IOException {
    if (!isReadOnly && keys.isEmpty() && sample == null) {
      return super.run(config);
    }
    check(config);
    DirectVerify.Options options =
        new DirectVerify.Options(
            engineName(),
            Limits.forSaves(partitions()),
            partitions(),
            keys,
            sample == null ? 0 : percent(sample),
            stateFile());
    try (ProgressLine progress = progress();
        DirectVerify verify = DirectVerify.open(config, options)) {
      VerifyReport report = verify.report(accepted, previous);
      about(report);
      verify.run(report, new Watch(progress));
      verify.facts(report);
      return told(report, config);
    } catch (SQLException e) {
      throw CommandException.unfinished(FailureText.line(e));
    }
  }

  /** Shows how far it is. */
  private record Watch(ProgressLine progress) implements DirectVerify.Watch {
    @Override
    public void start(long rows) {
      progress.start("verify", rows);
    }

    @Override
    public void done(long rows) {
      progress.done(rows);
    }
  }

  private Path stateFile() {
    String name = ".picklift-verify.state";
    return folder == null ? Path.of(name) : folder.resolve(name);
  }

  @Override
  int run(Jobs jobs, Config config) throws JobFailedException, IOException {
    VerifyReport report = jobs.report(accepted, previous);
    about(report);
    report.proof("Every row of the source was looked at, and every save of the target.");
    jobs.verify(report);
    return told(report, config);
  }

  private void about(VerifyReport report) {
    report.about("picklift", Version.number());
    report.about("java", Version.java());
    report.about("engine", engine());
    report.about("partitions", Integer.toString(partitions()));
    report.proof(
        engineName() == DecodingEngine.Name.FAST
            ? "Saves are proven by hashes; those that are not proven so are decoded by the engine"
                + " in Java."
            : "Saves are proven by hashes, and each was decoded by engine "
                + engine()
                + " as well.");
  }

  private int told(VerifyReport report, Config config) throws IOException {
    if (folder != null) {
      SourceLines lines = new SourceLines(Path.of(""), configFile(), config.mapping());
      Reports.write(report, folder, new Reports.Options(values, lines, stepSummary()));
    }
    if (writeAccept != null) {
      LocalDate today = LocalDate.now(ZoneId.systemDefault());
      AcceptFile.write(
          writeAccept,
          report.toAccept("known on " + today + "; say why", System.getProperty("user.name", "")));
    }
    print(TextReport.of(report));
    return report.isClean() ? ExitStatus.DONE : ExitStatus.LOOK;
  }

  private double percent(String text) {
    try {
      double percent = Double.parseDouble(text.replaceFirst("%$", ""));
      if (percent > 0 && percent <= 100) {
        return percent;
      }
    } catch (NumberFormatException e) {
      throw wrong("--sample " + text + ": is a percentage like 5%");
    }
    throw wrong("--sample " + text + ": from above 0% to 100%");
  }

  /** Where GitHub wants a step's summary; null elsewhere. */
  private static @Nullable Path stepSummary() {
    String file = System.getenv("GITHUB_STEP_SUMMARY");
    return file == null || file.isEmpty() ? null : Path.of(file);
  }
}
