package io.picklift.app.cli.jobs;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.account.RunSummary;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.config.Config;
import io.picklift.app.control.Errand;
import io.picklift.app.control.ErrandOutcome;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.follow.CaughtUp;
import io.picklift.app.follow.FollowCounts;
import io.picklift.app.follow.FollowOptions;
import io.picklift.app.follow.FollowSource;
import io.picklift.app.follow.Follower;
import io.picklift.app.job.FailureText;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.Jobs;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.watch.Followed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What the commands do with {@code --follow} and {@code --until-caught-up}. A class of its own:
 * without these options nothing of following is loaded.
 */
final class FollowRun implements AutoCloseable {
  private final FollowSource source;

  private FollowRun(FollowSource source) {
    this.source = source;
  }

  /** Checks the source, before anything is written. */
  static FollowRun open(Config config) throws DatabaseException, JobFailedException {
    try {
      return new FollowRun(FollowSource.open(config));
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    }
  }

  /** Is told how following goes. */
  interface Listener {
    /** Prints what was done. */
    void print(String text) throws JobFailedException;

    /** A pass over the whole source came to its end. */
    void passed(RunSummary summary) throws JobFailedException;

    /** Told about once a second. */
    void followed(Followed followed);

    /** Does what another command handed over. */
    ErrandOutcome handed(Errand errand);
  }

  /** Refuses a second follower, which would have the target of the first for ever. */
  static void refuseSecond(Config config) throws DatabaseException, JobFailedException {
    try (HikariDataSource target = Pools.open("target", config.requireTarget(), 2);
        Connection connection = target.getConnection()) {
      if (TargetLock.isFollowed(connection)) {
        throw new JobFailedException(TargetLock.busy(target, config.requireTarget().place()));
      }
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    }
  }

  /** Follows until it is told to stop, or has caught up; returns the exit status. */
  int run(
      Jobs jobs,
      FollowOption option,
      boolean isFirst,
      boolean isUntilCaughtUp,
      Duration deadline,
      Consumer<String> say,
      Listener listener)
      throws JobFailedException {
    FollowOptions options =
        new FollowOptions(isFirst, option.settle(), option.compare(), isUntilCaughtUp);
    Follower.Passes passes =
        new Follower.Passes() {
          @Override
          public void done(RunSummary summary) throws JobFailedException {
            listener.passed(summary);
          }

          @Override
          public void followed(Followed followed) {
            listener.followed(followed);
          }

          @Override
          public ErrandOutcome handed(Errand errand) {
            return listener.handed(errand);
          }
        };
    FollowCounts counts = new Follower(source, jobs, options, say, passes).run(deadline);
    listener.print(counts.text());
    return counts.isLook() ? ExitStatus.LOOK : ExitStatus.DONE;
  }

  /**
   * Waits beside a follower until the target has what the source has now.
   *
   * @return false where nobody follows
   */
  boolean isWaitedFor(Config config, Consumer<String> say)
      throws DatabaseException, JobFailedException {
    try {
      return CaughtUp.await(source, config, say);
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
