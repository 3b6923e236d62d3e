package io.picklift.app.follow;

import io.picklift.app.control.Errand;
import io.picklift.app.control.ErrandOutcome;
import io.picklift.app.control.ErrandTable;
import io.picklift.app.database.Retry;
import io.picklift.app.follow.place.LogPlace;
import io.picklift.app.job.KeyedSaves;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What other commands hand to the follower. It is done between two batches, once the target has all
 * that the source had when it was taken: so nothing needs to be compared first. For one thread.
 */
final class HandedWork {
  private static final long FORGET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final FollowSource source;
  private final KeyedSaves saves;
  private final Follower.Passes doer;
  private final FollowCounts counts;
  private final BooleanSupplier isStopped;
  private @Nullable Errand errand;
  private @Nullable LogPlace wanted;
  private long forgotten = System.nanoTime();

  /**
   * @param isStopped whether the process was told to stop
   */
  HandedWork(
      FollowSource source,
      KeyedSaves saves,
      Follower.Passes doer,
      FollowCounts counts,
      BooleanSupplier isStopped) {
    this.source = source;
    this.saves = saves;
    this.doer = doer;
    this.counts = counts;
    this.isStopped = isStopped;
  }

  /** Following begins: what an earlier follower had begun is to be done again. */
  void begin() throws SQLException {
    saves.onTarget(
        c -> {
          ErrandTable.begin(c, name());
          return true;
        });
  }

  private String name() {
    return saves.source().name();
  }

  /**
   * Takes what is handed over, and does it once it is due. No batch is under way.
   *
   * @param reached up to which the target has the log
   */
  void step(LogPlace reached) throws SQLException {
    Errand taken = errand;
    if (taken == null) {
      forget();
      taken = saves.onTarget(c -> Optional.ofNullable(ErrandTable.take(c, name()))).orElse(null);
      if (taken == null) {
        return;
      }
      errand = taken;
      wanted = Retry.retrying(source.log()::end);
      counts.say(
          taken.name() + " is handed over: it is done once the target has what the source has now");
    }
    LogPlace until = wanted;
    if (until != null && source.covers(reached, until)) {
      errand = null;
      work(taken);
    }
  }

  private void forget() throws SQLException {
    long now = System.nanoTime();
    if (now - forgotten > FORGET_NANOS) {
      forgotten = now;
      saves.onTarget(
          c -> {
            ErrandTable.forget(c);
            return true;
          });
    }
  }

  private void work(Errand taken) throws SQLException {
    if (!saves.onTarget(c -> ErrandTable.start(c, taken.id()))) {
      counts.say(taken.name() + ": its caller no longer waits, so it is not done");
      return;
    }
    saves.end();
    ErrandOutcome outcome = doer.handed(taken);
    saves.begin();
    if (isStopped.getAsBoolean() && outcome.failure() != null) {
      // It may have ended early for that: whoever waits does it itself.
      release(taken);
      return;
    }
    saves.onTarget(
        c -> {
          ErrandTable.done(c, taken.id(), outcome);
          return true;
        });
    counts.say(taken.name() + " ended with status " + outcome.status() + ": following continues");
  }

  /** Following ends: whoever waits does it itself. */
  void end() throws SQLException {
    Errand taken = errand;
    errand = null;
    if (taken != null) {
      release(taken);
    }
  }

  private void release(Errand taken) throws SQLException {
    saves.onTarget(
        c -> {
          ErrandTable.release(c, taken.id());
          return true;
        });
  }
}
