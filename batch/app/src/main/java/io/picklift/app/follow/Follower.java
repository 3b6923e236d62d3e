package io.picklift.app.follow;

import io.picklift.app.account.RunSummary;
import io.picklift.app.account.SourceCheck;
import io.picklift.app.control.Errand;
import io.picklift.app.control.ErrandOutcome;
import io.picklift.app.database.Retry;
import io.picklift.app.follow.place.HeldBackTable;
import io.picklift.app.follow.place.LogPlace;
import io.picklift.app.follow.place.PlaceTable;
import io.picklift.app.follow.place.PlaceTable.State;
import io.picklift.app.job.FailureText;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.Jobs;
import io.picklift.app.job.KeyedSaves;
import io.picklift.app.watch.Followed;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a target like its source: compares both where the log does not do, and follows the log from
 * a place that was taken before. A place is in the target before the comparing begins, and moves
 * only behind what it covers: after a kill nothing is missed.
 */
public final class Follower {
  private static final long PAUSE_MILLIS = 500;

  private final FollowSource source;
  private final Jobs jobs;
  private final KeyedSaves saves;
  private final FollowOptions options;
  private final FollowCounts counts;
  private final Passes passes;
  private final String name;
  private final CompareScan scan;
  private final HandedWork handed;
  private @Nullable LogPlace excused;

  /** Is told of each pass over the whole source, and how far following is between them. */
  public interface Passes {
    void done(RunSummary summary) throws JobFailedException;

    /** Told about once a second. */
    default void followed(Followed followed) {}

    /** Does what another command handed over; whatever goes wrong there is its outcome. */
    ErrandOutcome handed(Errand errand);
  }

  /**
   * @param say is told lines for whoever watches
   * @param passes is told of each pass over the whole source, and of what is between them
   */
  public Follower(
      FollowSource source, Jobs jobs, FollowOptions options, Consumer<String> say, Passes passes)
      throws JobFailedException {
    this.source = source;
    this.jobs = jobs;
    this.options = options;
    this.passes = passes;
    counts = new FollowCounts(say, passes::followed);
    saves = jobs.keyed();
    name = saves.source().name();
    scan = new CompareScan(saves, source, options.compare(), counts);
    handed = new HandedWork(source, saves, passes, counts, jobs::isStopped);
  }

  /**
   * Follows until the process is told to stop, or until the target has caught up.
   *
   * @param deadline how long the server may be away
   */
  public FollowCounts run(Duration deadline) throws JobFailedException {
    try {
      LogPlace until = options.isUntilCaughtUp() ? Retry.retrying(source.log()::end) : null;
      handed.begin();
      String hidden = source.hidden();
      if (hidden != null) {
        counts.say(hidden);
      }
      PlaceTable.Entry entry = begin();
      long outage = 0;
      while (true) {
        long began = System.nanoTime();
        FollowSession session = session(entry);
        FollowStop stop = session.run(until);
        switch (stop.kind()) {
          case STOPPED, CAUGHT_UP -> {
            handed.end();
            saves.end();
            return counts;
          }
          case COMPARE -> entry = compared(String.valueOf(stop.problem()), stop.place());
          case LOST -> {
            long now = System.nanoTime();
            boolean wasLong = now - began > deadline.toNanos() / 2;
            outage = outage == 0 || wasLong ? now : outage;
            if (now - outage > deadline.toNanos()) {
              throw new JobFailedException(
                  "the server no longer sends its log; what was committed stays, run the same"
                      + " command again");
            }
            pause();
            entry = resumed();
          }
        }
      }
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    } catch (RuntimeException e) {
      JobFailedException known = FailureText.known(e);
      if (known != null) {
        throw known;
      }
      throw e;
    }
  }

  private FollowSession session(PlaceTable.Entry entry) throws SQLException {
    return Retry.retrying(
        () ->
            new FollowSession(
                source, saves, entry, excused, options, scan, handed, counts, jobs::isStopped));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private PlaceTable.@Nullable Entry entry() throws SQLException {
    return saves.onTarget(c -> Optional.ofNullable(PlaceTable.find(c, name))).orElse(null);
  }

  private PlaceTable.Entry begin() throws SQLException, JobFailedException {
    PlaceTable.Entry known = entry();
    if (known == null) {
      return pass(options.isFirst() ? State.MIGRATING : State.COMPARING, null);
    }
    PlaceTable.Entry entry = goneOn(known);
    if (entry.equals(known)) {
      tell(entry.place());
    }
    return entry;
  }

  private void tell(LogPlace place) {
    counts.say("following " + name + " from " + place.line());
  }

  /** Goes on from a place, or compares where the server does not have it any more. */
  private PlaceTable.Entry goneOn(PlaceTable.Entry known) throws SQLException, JobFailedException {
    String why =
        Retry.retrying(() -> Optional.ofNullable(source.log().gone(known.place()))).orElse(null);
    if (why != null) {
      return compared(why, null);
    }
    if (known.state() != State.FOLLOWING) {
      return pass(known.state(), known.place());
    }
    PlaceTable.Begun begun =
        saves.onTarget(c -> Optional.ofNullable(PlaceTable.begun(c, name))).orElse(null);
    // A change of the table is in the log, unless its session had sql_log_bin=0.
    if (begun != null && !begun.layout().equals(source.layout().declared())) {
      return compared("the table has other columns than when following began", null);
    }
    excused = begun == null ? null : begun.seen();
    return known;
  }

  private PlaceTable.Entry resumed() throws SQLException, JobFailedException {
    // The name may be that of another server by now.
    SourceCheck.Result unused = jobs.checkSource();
    PlaceTable.Entry known = entry();
    return known == null ? pass(State.COMPARING, null) : goneOn(known);
  }

  /**
   * Compares, and goes on from the place that was reached: what was prepared before the comparing
   * and is decided after it is seen so.
   *
   * @param reached null where nothing can be read from there any more
   */
  private PlaceTable.Entry compared(String why, @Nullable LogPlace reached)
      throws SQLException, JobFailedException {
    counts.say("source and target are compared: " + why);
    return pass(State.COMPARING, reached);
  }

  /**
   * Goes over the whole source, and is to follow from the place before.
   *
   * @param before the place that was taken before; null to take one
   */
  private PlaceTable.Entry pass(State state, @Nullable LogPlace before)
      throws SQLException, JobFailedException {
    LogPlace now = Retry.retrying(source.log()::visible);
    LogPlace place =
        before == null || (before.gtids() == null) != (now.gtids() == null) ? now : before;
    // A migration that goes on does not look again at what it has.
    LogPlace seen = state == State.MIGRATING && before != null ? place : seen(now);
    enter(place, state);
    String layout = source.layout().declared();
    counts.pass();
    saves.end();
    RunSummary summary = state == State.MIGRATING ? jobs.migrate() : jobs.backfill();
    passes.done(summary);
    saves.begin();
    scan.forget();
    enter(place, State.FOLLOWING);
    saves.onTarget(
        c -> {
          PlaceTable.begun(c, name, new PlaceTable.Begun(layout, seen));
          HeldBackTable.tidy(c);
          return true;
        });
    excused = seen;
    tell(place);
    return new PlaceTable.Entry(place, State.FOLLOWING, 0);
  }

  /**
   * The place before which all is that a pass sees which begins now: what of it led to the pass
   * would lead to the same pass again and again.
   *
   * @param visible where the server says that all before it is visible
   */
  private LogPlace seen(LogPlace visible) throws SQLException {
    if (visible.gtids() == null && !source.log().isByFileAlone(visible)) {
      return visible;
    }
    LogPlace end = Retry.retrying(source.log()::end);
    if (end.gtids() == null) {
      // What is in the log by now is visible a moment later.
      pause();
      pause();
    }
    return end;
  }

  private void enter(LogPlace place, State state) throws SQLException {
    saves.onTarget(
        c -> {
          PlaceTable.enter(c, name, place, state);
          return true;
        });
  }
}
