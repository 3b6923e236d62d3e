package io.picklift.app.cli.jobs;

import io.picklift.app.cli.terminal.ConflictsConverter;
import io.picklift.app.cli.terminal.CountOrShareConverter;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.cli.terminal.ProgressLine;
import io.picklift.app.cli.terminal.Termination;
import io.picklift.app.config.Config;
import io.picklift.app.config.Conflicts;
import io.picklift.app.config.CountOrShare;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.schedule.Schedule;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    description = "Migrates new and changed saves, and deletes those gone from the source.")
public final class BackfillCommand extends JobCommand {
  @Option(
      names = "--full",
      description = "Compares every save by its hash, whatever its watermark says.")
  private boolean isFull;

  @Option(
      names = "--max-deleted",
      paramLabel = "N|P%",
      converter = CountOrShareConverter.class,
      description =
          "How many saves this run may delete; default: run.max_deleted of the configuration, or"
              + " 1%% or 10, whichever is more.")
  private @Nullable CountOrShare maxDeleted;

  @Option(
      names = "--conflicts",
      paramLabel = "WHOSE",
      converter = ConflictsConverter.class,
      description = {
        "keep-target, take-source or merge: what happens to a save that changed in the source and"
            + " whose rows were edited in the target.",
        "keep-target keeps the rows and reports the save; merge needs target.keep_base: true.",
        "Default: run.conflicts of the configuration, or keep-target."
      })
  private @Nullable Conflicts conflicts;

  @Option(
      names = "--cron",
      paramLabel = "EXPRESSION",
      description = {
        "Keeps running, and starts a run at each time of the expression, like \"0 */5 * * * *\""
            + " for every five minutes.",
        "The target's lock is held during a run only."
      })
  private @Nullable String cron;

  @Option(
      names = "--until-caught-up",
      description = {
        "Follows the log until the target has what the source has now, and ends. If another",
        "process follows already, it waits until that one has it."
      })
  private boolean isUntilCaughtUp;

  @Mixin private final FollowOption following = new FollowOption();

  @Mixin private final WorkersOption workers = new WorkersOption();

  private @Nullable FollowRun follow;

  @Mixin private final DryRunOption dry = new DryRunOption();

  @Override
  protected void check() {
    super.check();
    following.check();
    if (dry.isDry() && cron != null) {
      throw wrong("--dry-run shows what one run would do; use it without --cron");
    }
    boolean isLog = following.isFollowing() || isUntilCaughtUp;
    if (isLog && (cron != null || dry.isDry() || isFull)) {
      throw wrong(
          "--follow and --until-caught-up cannot be combined with --cron, --dry-run or --full");
    }
    if (workers.isShared() && (isLog || dry.isDry() || cron != null)) {
      throw wrong(
          "--workers cannot be combined with --dry-run, --cron, --follow or --until-caught-up");
    }
    checkMerge(conflicts);
    try {
      workers.check();
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
    if (following.isFollowing() && isUntilCaughtUp) {
      throw wrong("--follow keeps running and --until-caught-up ends: give one of them");
    }
  }

  /** A worker tells neither why a save is not merged nor how many are. */
  private void checkMerge(@Nullable Conflicts settled) {
    if (workers.isShared() && settled == Conflicts.MERGE) {
      throw wrong("--workers cannot be combined with --conflicts merge or run.conflicts: merge");
    }
  }

  @Override
  protected int run(Config config) throws DatabaseException, JobFailedException, IOException {
    if (dry.isDry()) {
      return dryRun(config, true, more(JobOptions.defaults()));
    }
    if (following.isFollowing() || isUntilCaughtUp) {
      return follow(config);
    }
    if (cron == null) {
      return once(config);
    }
    ProgressLine progress = progress();
    Schedule schedule = CronLoop.schedule(cron);
    CronLoop loop = new CronLoop(schedule, progress::say, Termination::isRequested);
    return monitored(config, schedule, progress::say, () -> loop.run(() -> guarded(config)));
  }

  private int follow(Config config) throws DatabaseException, JobFailedException, IOException {
    try (FollowRun opened = FollowRun.open(config)) {
      if (isUntilCaughtUp && opened.isWaitedFor(config, progress()::say)) {
        print("the target has what the source had\n");
        return ExitStatus.DONE;
      }
      FollowRun.refuseSecond(config);
      follow = opened;
      return isUntilCaughtUp
          ? once(config)
          : monitored(config, null, progress()::say, () -> once(config));
    } finally {
      follow = null;
    }
  }

  @Override
  JobOptions more(JobOptions options) {
    JobOptions bounded = maxDeleted == null ? options : options.withMaxDeleted(maxDeleted);
    JobOptions settled = conflicts == null ? bounded : bounded.withConflicts(conflicts);
    // What leads to a pass may have slipped past a watermark.
    return isFull || follow != null ? settled.full() : settled;
  }

  @Override
  JobOptions more(JobOptions options, Config config) {
    checkMerge(conflicts == null ? config.run().conflicts() : conflicts);
    return workers.added(more(options), config);
  }

  @Override
  int run(Jobs jobs, Config config) throws JobFailedException, IOException {
    FollowRun to = follow;
    return to == null
        ? told(jobs.backfill(), jobs, config)
        : follow(to, following, false, isUntilCaughtUp, jobs, config);
  }
}
