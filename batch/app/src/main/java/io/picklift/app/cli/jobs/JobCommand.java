package io.picklift.app.cli.jobs;

import io.picklift.app.accept.AcceptList;
import io.picklift.app.account.QuarantineList;
import io.picklift.app.account.RunSummary;
import io.picklift.app.cli.terminal.AcceptOption;
import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.CountOrShareConverter;
import io.picklift.app.cli.terminal.EngineOption;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.cli.terminal.OutputOptions;
import io.picklift.app.cli.terminal.ProgressLine;
import io.picklift.app.cli.terminal.RateOption;
import io.picklift.app.cli.terminal.Termination;
import io.picklift.app.config.Config;
import io.picklift.app.config.CountOrShare;
import io.picklift.app.config.MaxRate;
import io.picklift.app.config.MonitorConfig;
import io.picklift.app.control.Errand;
import io.picklift.app.control.ErrandOutcome;
import io.picklift.app.control.HandOver;
import io.picklift.app.control.MappingPrint;
import io.picklift.app.control.StoppedWaitingException;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Retry;
import io.picklift.app.database.RetryPolicy;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.dryrun.DryRun;
import io.picklift.app.dryrun.DryRunResult;
import io.picklift.app.event.EventLog;
import io.picklift.app.event.EventProgress;
import io.picklift.app.hook.Hooks;
import io.picklift.app.job.FailureText;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.report.RefusedSaves;
import io.picklift.app.schedule.Schedule;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.target.TargetTables;
import io.picklift.app.watch.Followed;
import io.picklift.app.watch.RunEnd;
import io.picklift.app.watch.RunWatcher;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--source-moved",
      description =
          "Accepts that the same source has moved, after comparing a sample of its saves.")
  private boolean isSourceMoved;

  @Option(
      names = "--max-quarantine",
      paramLabel = "N|P%",
      converter = CountOrShareConverter.class,
      description =
          "Ends the run with status 3 when it has quarantined more saves; default:"
              + " run.max_quarantine of the configuration, or any number.")
  private @Nullable CountOrShare maxQuarantine;

  private @Nullable EventProgress told;

  /** Who is shown the progress of what was opened. */
  private ProgressListener listener = ProgressListener.NONE;

  private final List<RunWatcher> watchers = new ArrayList<>();
  private @Nullable RunWatcher monitor;

  @Mixin private final RateOption rate = new RateOption();

  @Mixin private final AcceptOption accept = new AcceptOption();

  @Mixin private final EngineOption engine = new EngineOption();

  @Mixin private final EventsOption events = new EventsOption();

  @Mixin private final OutputOptions output = new OutputOptions();

  /** Runs on what was opened, and returns the exit status. */
  abstract int run(Jobs jobs, Config config) throws JobFailedException, IOException;

  /** Says what a run did, and returns its exit status: what is accepted is nothing to look at. */
  final int told(RunSummary summary, Jobs jobs, Config config)
      throws JobFailedException, IOException {
    RefusedSaves refused = new RefusedSaves(accept.of(config));
    if (summary.quarantinedSaves() > 0 && !refused.isNothingAccepted()) {
      for (QuarantineList.Entry entry : jobs.ledger().quarantined()) {
        refused.quarantined(entry.key(), entry.reason(), entry.sha256());
      }
    }
    counted(summary);
    print(JobSummary.of(summary) + refused.line());
    long open = summary.quarantinedSaves() - refused.accepted();
    return summary.isClean(open) ? ExitStatus.DONE : ExitStatus.LOOK;
  }

  /**
   * Says how many saves are in quarantine, where some are, and returns the exit status that comes
   * of it: that of a run over the whole source that has nothing else to tell.
   */
  final int toldOfQuarantine(Jobs jobs, Config config) throws JobFailedException, IOException {
    List<QuarantineList.Entry> entries = jobs.ledger().quarantined();
    if (entries.isEmpty()) {
      return ExitStatus.DONE;
    }
    RefusedSaves refused = new RefusedSaves(accept.of(config));
    entries.forEach(it -> refused.quarantined(it.key(), it.reason(), it.sha256()));
    print(String.format(Locale.ROOT, "%,10d  quarantined%n", entries.size()) + refused.line());
    return refused.accepted() == entries.size() ? ExitStatus.DONE : ExitStatus.LOOK;
  }

  /** Whether a process that follows the log does this command in place of this process. */
  boolean isHandedOver() {
    return false;
  }

  /**
   * Runs within the process that follows the log, once the target has what the source had when this
   * was asked for.
   */
  int runHanded(Jobs jobs, Config config) throws JobFailedException, IOException {
    return run(jobs, config);
  }

  final int partitions() {
    return partitions;
  }

  final DecodingEngine.Name engineName() {
    return engine.name();
  }

  final ProgressLine progress() {
    return output.on(terminal(), !isOutTaken());
  }

  final String engine() {
    return engine.name().toString();
  }

  /** Adds what the command has options of its own for. */
  JobOptions more(JobOptions options) {
    return options;
  }

  /** The same where the configuration has a say. */
  JobOptions more(JobOptions options, Config config) {
    return more(options);
  }

  @Override
  protected void check() {
    if (partitions < 1 || partitions > MOST_AT_A_TIME) {
      throw wrong("--partitions: from 1 to " + MOST_AT_A_TIME);
    }
  }

  @Override
  protected int run(Config config) throws DatabaseException, JobFailedException, IOException {
    return once(config);
  }

  /** Says what a run would do. */
  final int dryRun(Config config, boolean isBackfill, JobOptions options)
      throws DatabaseException, JobFailedException, IOException {
    DryRun.Options dry =
        new DryRun.Options(
            isBackfill,
            options.isFull(),
            isSourceMoved,
            options.maxDeleted(),
            partitions,
            engine.name());
    DryRunResult result;
    try (ProgressLine progress = progress();
        DryRun run = DryRun.open(config, dry, progress)) {
      result = run.run();
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    }
    print(DryRunText.of(result));
    return result.isClean() ? ExitStatus.DONE : ExitStatus.LOOK;
  }

  /** Opens source and target, runs, and closes them. */
  final int once(Config config) throws DatabaseException, JobFailedException, IOException {
    // What cannot be read is told before anything is opened.
    AcceptList unusedYet = accept.of(config);
    JobOptions plain = JobOptions.of(partitions, engine.name());
    JobOptions moved = isSourceMoved ? plain.sourceMoved() : plain;
    JobOptions bounded = maxQuarantine == null ? moved : moved.withMaxQuarantine(maxQuarantine);
    MaxRate most = rate.rate();
    JobOptions options = more(most == null ? bounded : bounded.withMaxRate(most), config);
    // The commands under 'on' are told what a run counted; of one elsewhere that is not known here.
    if (isHandedOver() && config.hooks().isEmpty()) {
      Integer status = handed(config, options);
      if (status != null) {
        return status;
      }
    }
    // One that is told to stop while it opens what it works on ends before it works.
    Runnable before = Termination.stopBy(Retry::stop);
    try (ProgressLine progress = progress();
        EventLog opened = events.open(terminal(), commandName(), progress::say)) {
      watchers.clear();
      watchers.addAll(watchers(config, progress));
      return watched(opened, config, options, progress);
    } finally {
      told = null;
      // Nothing is left to be stopped: a process that ends for another reason must not wait for it.
      Runnable unused = Termination.stopBy(before);
    }
  }

  /** A run that fails, or finds the target taken, is not the end of the schedule. */
  final int guarded(Config config) throws IOException {
    try {
      return once(config);
    } catch (DatabaseException | JobFailedException e) {
      return failed(told(e, config));
    } catch (CommandException e) {
      // A process that follows the log failed at it.
      return failed(e);
    }
  }

  private int failed(CommandException told) {
    terminal().err().println("picklift: " + told.getMessage());
    return told.status();
  }

  /** The status of a command that a follower did; null where this process is to do it. */
  private @Nullable Integer handed(Config config, JobOptions options)
      throws DatabaseException, JobFailedException, IOException {
    List<String> arguments = HandedCommands.arguments(parsed());
    if (arguments == null) {
      return null;
    }
    AtomicBoolean isStopped = new AtomicBoolean();
    ErrandOutcome outcome;
    Runnable before = Termination.stopBy(() -> {});
    try (ProgressLine progress = progress()) {
      Retry.use(new RetryPolicy(config.run().deadline(), progress::say));
      Runnable unused =
          Termination.stopBy(
              () -> {
                isStopped.set(true);
                Retry.stop();
              });
      outcome =
          HandOver.ask(
              config,
              () -> MappingPrint.of(TargetTables.read(config, options.limits()).fingerprint()),
              arguments,
              progress::say,
              isStopped::get);
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    } catch (StoppedWaitingException e) {
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    } finally {
      Runnable unused = Termination.stopBy(before);
    }
    return outcome == null ? null : HandedCommands.status(outcome, this::print);
  }

  /** What a command does that stays. */
  interface Stay {
    int run() throws DatabaseException, JobFailedException, IOException;
  }

  /**
   * Does what stays, and tells meanwhile how it is, where the configuration wants it.
   *
   * @param schedule by which it runs; null for what follows the log
   */
  final int monitored(Config config, @Nullable Schedule schedule, Consumer<String> say, Stay work)
      throws DatabaseException, JobFailedException, IOException {
    MonitorConfig monitored = config.monitor();
    if (monitored == null) {
      return work.run();
    }
    config.requireTarget();
    return new Monitored(config, monitored, schedule, say)
        .run(
            watcher -> {
              monitor = watcher;
              return work.run();
            });
  }

  /** Who is to be told of a run, beside the person at the terminal. */
  private List<RunWatcher> watchers(Config config, ProgressLine progress) {
    List<RunWatcher> all = new ArrayList<>();
    if (!config.hooks().isEmpty()) {
      all.add(new Hooks(config, commandName(), progress::say));
    }
    RunWatcher monitoring = monitor;
    if (monitoring != null) {
      all.add(monitoring);
    }
    return all;
  }

  private int watched(
      @Nullable EventLog log, Config config, JobOptions options, ProgressLine progress)
      throws DatabaseException, JobFailedException, IOException {
    ProgressListener listener = progress;
    for (RunWatcher watcher : watchers) {
      listener = watcher.began(listener);
    }
    try {
      int status =
          log == null
              ? opened(config, options, progress, listener)
              : logged(log, config, options, progress, listener);
      watchers.forEach(watcher -> watcher.ended(new RunEnd(status, null, false)));
      return status;
    } catch (DatabaseException | JobFailedException | ConfigurationException e) {
      boolean isStopped = e instanceof JobFailedException job && job.isStopped();
      CommandException failed = told(e, config);
      RunEnd end = new RunEnd(failed.status(), failed.getMessage(), isStopped);
      watchers.forEach(watcher -> watcher.ended(end));
      throw e;
    }
  }

  private int logged(
      EventLog to, Config config, JobOptions options, ProgressLine progress, ProgressListener next)
      throws DatabaseException, JobFailedException, IOException {
    EventProgress listener = new EventProgress(to, next);
    told = listener;
    to.started();
    try {
      int status = opened(config, options, progress, listener);
      to.ended(status, null);
      return status;
    } catch (DatabaseException | JobFailedException | ConfigurationException e) {
      listener.finish();
      to.ended(told(e, config).status(), e.getMessage());
      throw e;
    }
  }

  private int opened(
      Config config, JobOptions options, ProgressLine progress, ProgressListener listener)
      throws DatabaseException, JobFailedException, IOException {
    this.listener = listener;
    try (Jobs jobs = Jobs.open(config, options, listener)) {
      Runnable unused = Termination.stopBy(() -> stop(jobs, progress));
      watchers.forEach(watcher -> watcher.opened(jobs.polite()));
      return run(jobs, config);
    }
  }

  /**
   * Follows the source's log on what was opened, and returns the exit status: 1 where one of the
   * passes over the whole source had something to look at.
   */
  final int follow(
      FollowRun follow,
      FollowOption option,
      boolean isFirst,
      boolean isUntilCaughtUp,
      Jobs jobs,
      Config config)
      throws JobFailedException, IOException {
    int[] worst = {ExitStatus.DONE};
    EventProgress to = told;
    HandedCommands handed = new HandedCommands(jobs, config);
    return Math.max(
        follow.run(
            jobs,
            option,
            isFirst,
            isUntilCaughtUp,
            config.run().deadline(),
            listener::say,
            new FollowRun.Listener() {
              @Override
              public void print(String text) throws JobFailedException {
                printed(text);
              }

              @Override
              public void passed(RunSummary summary) throws JobFailedException {
                worst[0] = Math.max(worst[0], toldOfPass(summary, jobs, config));
              }

              @Override
              public void followed(Followed followed) {
                watchers.forEach(watcher -> watcher.followed(followed));
                if (to != null) {
                  to.followed(followed);
                }
              }

              @Override
              public ErrandOutcome handed(Errand errand) {
                return handed.run(errand);
              }
            }),
        worst[0]);
  }

  private void printed(String text) throws JobFailedException {
    try {
      print(text);
    } catch (IOException e) {
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private int toldOfPass(RunSummary summary, Jobs jobs, Config config) throws JobFailedException {
    try {
      return told(summary, jobs, config);
    } catch (IOException e) {
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Tells events and watchers what a run counted. */
  final void counted(RunSummary summary) {
    watchers.forEach(watcher -> watcher.counted(summary));
    EventProgress to = told;
    if (to != null) {
      to.counted(summary.counts().byName());
    }
  }

  @Override
  protected final boolean isOutTaken() {
    return events.isOnOutput();
  }

  private static void stop(Jobs jobs, ProgressLine progress) {
    progress.say("stopping after the current batch; a second signal ends it at once");
    jobs.stop();
    Retry.stop();
  }
}
