package io.picklift.app.cli.jobs;

import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description =
        "Creates the target's tables and migrates every save. If you run it again, it continues"
            + " where it stopped, or finds nothing to do.")
public final class MigrateCommand extends JobCommand {
  @Mixin private final DryRunOption dry = new DryRunOption();

  @Mixin private final FollowOption following = new FollowOption();

  @Mixin private final WorkersOption workers = new WorkersOption();

  private @Nullable FollowRun follow;

  @Override
  protected void check() {
    super.check();
    following.check();
    if (workers.isShared() && dry.isDry()) {
      throw wrong("--workers cannot be combined with --dry-run");
    }
    try {
      workers.check();
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
    if (dry.isDry() && following.isFollowing()) {
      throw wrong("--dry-run shows what one run would do; use it without --follow");
    }
  }

  @Override
  protected int run(Config config) throws DatabaseException, JobFailedException, IOException {
    if (dry.isDry()) {
      return dryRun(config, false, JobOptions.defaults());
    }
    if (!following.isFollowing()) {
      return super.run(config);
    }
    try (FollowRun opened = FollowRun.open(config)) {
      FollowRun.refuseSecond(config);
      follow = opened;
      return monitored(config, null, progress()::say, () -> super.run(config));
    } finally {
      follow = null;
    }
  }

  @Override
  JobOptions more(JobOptions options, Config config) {
    // What leads to a later pass may have slipped past a watermark.
    return follow == null
        ? workers.added(options, config)
        : workers.addedFirst(options.full(), config);
  }

  @Override
  int run(Jobs jobs, Config config) throws JobFailedException, IOException {
    FollowRun to = follow;
    return to == null
        ? told(jobs.migrate(), jobs, config)
        : follow(to, following, true, false, jobs, config);
  }
}
