package io.picklift.app.cli.jobs;

import io.picklift.app.accept.AcceptFile;
import io.picklift.app.accept.AcceptList;
import io.picklift.app.cli.files.FilesCommand;
import io.picklift.app.cli.terminal.AcceptOption;
import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.cli.terminal.OutputOptions;
import io.picklift.app.cli.terminal.ProgressLine;
import io.picklift.app.cli.terminal.RateOption;
import io.picklift.app.cli.terminal.Termination;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Retry;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.event.EventLog;
import io.picklift.app.event.EventProgress;
import io.picklift.app.job.JobOptions;
import io.picklift.app.report.EarlierFindings;
import io.picklift.app.report.ValueDisclosure;
import io.picklift.app.report.VerdictSentence;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.report.form.Reports;
import io.picklift.app.report.form.SourceLines;
import io.picklift.app.report.form.TextReport;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.verify.DirectVerify;
import io.picklift.app.verify.VerifyOptions;
import io.picklift.app.workers.WorkersOptions;
import io.picklift.codec.Limits;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Proves target against source, save by save. Takes no lock; records proven saves in the"
            + " target (picklift_proof).")
public final class VerifyCommand extends ConfigCommand {
  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Writes DIR/junit.xml, report.json, report.html, summary.md and report.sarif.")
  private @Nullable Path folder;

  @Option(
      names = "--values",
      paramLabel = "HOW",
      description = {
        "Whether the reports and this command's output show what saves hold:"
            + " ${COMPLETION-CANDIDATES}.",
        "Default: hashes in summary.md and report.sarif, full in the others."
      })
  private @Nullable ValueDisclosure values;

  @Mixin private final AcceptOption accept = new AcceptOption();

  @Option(
      names = "--write-accept",
      paramLabel = "FILE",
      description = "Writes a file for --accept with all findings, for you to edit.")
  private @Nullable Path writeAccept;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description =
          "A previous report.json: the report shows what is new, known or fixed since then.")
  private @Nullable Path baseline;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description =
          "How many stretches of the source at a time, 1 to 64; default: one a processor, at least"
              + " 2.")
  private int partitions = JobOptions.defaults().partitions();

  @Option(
      names = "--source-moved",
      description =
          "Accepts that the same source has moved, after comparing a sample of its saves.")
  private boolean isSourceMoved;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = {
        "${COMPLETION-CANDIDATES}: which engine also decodes each save.",
        "Default: fast for saves that the hashes do not prove, and jython for a sample of 1%%, at"
            + " least 20 saves."
      })
  private DecodingEngine.@Nullable Name engine;

  @Mixin private final RateOption rate = new RateOption();

  @Mixin private final VerifyScope scope = new VerifyScope();

  @Mixin private final WorkersOption workers = new WorkersOption();

  @Mixin private final EventsOption events = new EventsOption();

  @Mixin private final OutputOptions output = new OutputOptions();

  private @Nullable EarlierFindings previous;

  @Override
  protected void check() {
    if (partitions < 1 || partitions > MOST_AT_A_TIME) {
      throw wrong("--partitions: from 1 to " + MOST_AT_A_TIME);
    }
    String mistake = scope.mistake();
    if (mistake != null) {
      throw wrong(mistake);
    }
    String notShared = workers.isShared() ? scope.notShared() : null;
    if (notShared != null) {
      throw wrong(notShared);
    }
    try {
      workers.check();
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
    if (folder != null) {
      FilesCommand.makeFolder("--report", folder);
    }
    try {
      previous = baseline == null ? null : EarlierFindings.read(baseline);
    } catch (IOException e) {
      throw CommandException.usage("--baseline: " + e.getMessage());
    }
  }

  @Override
  protected int run(Config config) throws DatabaseException, IOException, SQLException {
    AcceptList accepted = accept.of(config);
    // While it connects, a server that is away is not waited for any longer.
    Runnable before = Termination.stopBy(Retry::stop);
    try (ProgressLine progress = output.on(terminal(), !isOutTaken());
        EventLog log = events.open(terminal(), commandName(), progress::say)) {
      return log == null
          ? told(proven(config, accepted, progress), config)
          : logged(log, config, accepted, progress);
    } finally {
      // Nothing is left to be stopped: a process that ends for another reason must not wait for it.
      Runnable unused = Termination.stopBy(before);
    }
  }

  private int logged(EventLog log, Config config, AcceptList accepted, ProgressLine progress)
      throws DatabaseException, IOException, SQLException {
    EventProgress listener = new EventProgress(log, progress);
    log.started();
    try {
      VerifyReport report = proven(config, accepted, listener);
      listener.counted(report.model().totals().byName());
      int status = told(report, config);
      log.ended(status, null);
      return status;
    } catch (DatabaseException | SQLException | ConfigurationException e) {
      listener.finish();
      CommandException failed = told(e, config);
      log.ended(failed.status(), failed.getMessage());
      throw e;
    } catch (IOException e) {
      listener.finish();
      log.ended(ExitStatus.UNFINISHED, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private VerifyReport proven(Config config, AcceptList accepted, ProgressListener progress)
      throws DatabaseException, IOException, SQLException {
    try (DirectVerify verify =
        DirectVerify.open(config, options(), isSourceMoved, rate.rate(), progress)) {
      Runnable unused =
          Termination.stopBy(
              () -> {
                verify.stop();
                Retry.stop();
              });
      WorkersOptions shared = workers.shared(rate.rate(), config);
      if (shared != null) {
        verify.share(config, shared, progress);
      }
      verify.checkKeys();
      VerifyReport report = verify.report(accepted, previous);
      about(report, config, accepted);
      verify.run(report, progress);
      verify.facts(report);
      return report;
    }
  }

  @Override
  protected boolean isOutTaken() {
    return events.isOnOutput();
  }

  private VerifyOptions options() {
    DecodingEngine.Name main = engine == null ? DecodingEngine.Name.FAST : engine;
    VerifyOptions plain =
        scope
            .on(VerifyOptions.all(main, Limits.forSaves(partitions), partitions))
            .stateIn(stateFile());
    return engine == null ? plain.sampled() : plain;
  }

  private Path stateFile() {
    String name = ".picklift-verify.state";
    return folder == null ? Path.of(name) : folder.resolve(name);
  }

  private void about(VerifyReport report, Config config, AcceptList accepted) {
    ReportedRun.about(report, config, configFile());
    report.about("entries of the accept file", Integer.toString(accepted.size()));
    report.about("engine", engine == null ? "fast, a sample by jython" : engine.toString());
    report.about("partitions", Integer.toString(partitions));
  }

  private int told(VerifyReport report, Config config) throws IOException {
    if (folder != null) {
      SourceLines lines = new SourceLines(Path.of(""), configFile(), config.mapping());
      Reports.write(report, folder, new Reports.Options(values, lines, stepSummary()));
    }
    if (writeAccept != null) {
      writeAccept(report, writeAccept);
    }
    print(TextReport.of(report, values == null ? ValueDisclosure.FULL : values));
    return report.isClean() ? ExitStatus.DONE : ExitStatus.LOOK;
  }

  private void writeAccept(VerifyReport report, Path file) throws IOException {
    LocalDate today = LocalDate.now(ZoneId.systemDefault());
    AcceptFile.write(
        file,
        report.toAccept("known on " + today + "; say why", System.getProperty("user.name", "")));
    if (report.dropped() > 0) {
      terminal()
          .err()
          .println(
              file
                  + ": the findings of "
                  + VerdictSentence.count(report.dropped(), "more save")
                  + " are not in it, as they are not in the report; accept them by 'cause' and"
                  + " 'most'");
    }
  }

  /** Where GitHub wants a step's summary; null elsewhere. */
  private static @Nullable Path stepSummary() {
    String file = System.getenv("GITHUB_STEP_SUMMARY");
    return file == null || file.isEmpty() ? null : Path.of(file);
  }
}
