package io.picklift.app.follow;

import io.picklift.app.database.Retry;
import io.picklift.app.follow.log.LogClient;
import io.picklift.app.follow.log.LogRefusedException;
import io.picklift.app.follow.log.LoggedTransaction;
import io.picklift.app.follow.place.GtidSet;
import io.picklift.app.follow.place.LogPlace;
import io.picklift.app.follow.place.PlaceTable;
import io.picklift.app.follow.place.ServerLog;
import io.picklift.app.job.KeyedSaves;
import io.picklift.app.source.SaveKey;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log by one connection: reads transactions, waits for their keys to settle, brings the
 * keys' saves up to date, and then enters the place. For one thread.
 */
final class FollowSession {
  private static final Logger LOG = LoggerFactory.getLogger(FollowSession.class);
  private static final int MOST_AT_ONCE = 500;

  private static final int MOST_PENDING = 200_000;
  private static final long LOOK_MILLIS = 50;
  private static final long ENTER_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Whoever waits until all is done is told soon. */
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long COMPANIONS_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final FollowSource source;
  private final KeyedSaves saves;
  private final CompareScan scan;
  private final HandedWork handed;
  private final @Nullable LogPlace excused;
  private final FollowCounts counts;
  private final BooleanSupplier isStopped;
  private final GoneRows gone;
  private final PendingKeys pending;
  private final ReadPlaces places;
  private final LogQueue queue = new LogQueue();
  private final Lag lag;

  /** The end of the log when this began; rows before it may have come and gone unseen. */
  private final LogPlace newest;

  /** The first transaction since the last copying that wrote into companions; 0 for none. */
  private long companionsOrder;

  /** Where the last such transaction ends. */
  private LogPlace companionsEnd;

  private long companionsDone;
  private long entered;

  /** Whether the target is to be told: at first that there is a follower. */
  private boolean isMoved = true;

  /** Whether all was read that was in the log when this began. */
  private boolean isRead;

  /**
   * @param from what is known of the source
   * @param excused the place before which all is that the last pass over the whole source saw; null
   *     where there was none
   * @param scan compares beside following
   * @param handed does what other commands hand over
   */
  FollowSession(
      FollowSource source,
      KeyedSaves saves,
      PlaceTable.Entry from,
      @Nullable LogPlace excused,
      FollowOptions options,
      CompareScan scan,
      HandedWork handed,
      FollowCounts counts,
      BooleanSupplier isStopped)
      throws SQLException {
    this.source = source;
    this.saves = saves;
    this.scan = scan;
    this.handed = handed;
    this.excused = excused;
    this.counts = counts;
    this.isStopped = isStopped;
    gone = new GoneRows(saves, from.deleted(), counts::say);
    pending = new PendingKeys(options.settle().toNanos());
    places = new ReadPlaces(from.place());
    companionsEnd = from.place();
    lag = new Lag(Retry.retrying(source::clockAhead));
    newest = Retry.retrying(source.log()::end);
    // What was held back may be allowed by now, or its row may be back.
    gone.held().forEach(key -> pending.add(key, 0, true, System.nanoTime()));
  }

  /**
   * Follows until something else is to be done.
   *
   * @param until a place to end at; null for none
   */
  FollowStop run(@Nullable LogPlace until) throws SQLException {
    try (LogClient client = source.connect(places.place(), queue);
        Heartbeat heartbeat = source.heartbeat()) {
      lag.by(heartbeat);
      while (true) {
        if (isStopped.getAsBoolean() || !saves.await()) {
          enter();
          return FollowStop.of(FollowStop.Kind.STOPPED);
        }
        String problem = drain();
        if (problem != null) {
          enter();
          return FollowStop.compare(problem, places.place());
        }
        work();
        if (pending.size() < MOST_AT_ONCE) {
          scan.step(following);
        }
        if (System.nanoTime() - entered > (isMoved && isIdle() ? IDLE_NANOS : ENTER_NANOS)) {
          isRead = isRead || (isIdle() && source.covers(places.place(), newest));
          enter();
          handed.step(places.place());
          if (!lend()) {
            return FollowStop.of(FollowStop.Kind.STOPPED);
          }
        }
        if (until != null && isIdle() && source.covers(places.place(), until)) {
          enter();
          return FollowStop.of(FollowStop.Kind.CAUGHT_UP);
        }
        if (queue.isEmpty()) {
          client.check();
        }
      }
    } catch (LogRefusedException e) {
      return e.isPlaceGone()
          ? FollowStop.compare("the server no longer has the log from there", null)
          : lost(e);
    } catch (IOException e) {
      return lost(e);
    } finally {
      queue.close();
    }
  }

  /**
   * Another command has the target for a while, where one asks.
   *
   * @return false where the process was told to stop meanwhile
   */
  private boolean lend() throws SQLException {
    if (!saves.isAsked()) {
      return true;
    }
    counts.say("another command asks for the target: following waits until it is done");
    boolean isBack = saves.lend(isStopped);
    isMoved = true;
    if (isBack) {
      counts.say("following continues");
    }
    return isBack;
  }

  private FollowStop lost(IOException e) throws SQLException {
    LOG.info("the log's connection is lost", e);
    counts.lost(String.valueOf(e.getMessage()));
    enter();
    return FollowStop.of(FollowStop.Kind.LOST);
  }

  private boolean isIdle() {
    return queue.isEmpty() && pending.size() == 0 && companionsOrder == 0;
  }

  /** Takes over what was read; returns what of it cannot be followed, or null. */
  private @Nullable String drain() {
    LoggedTransaction next = queue.poll(LOOK_MILLIS);
    long now = System.nanoTime();
    while (next != null) {
      if (next.problem() != null && !isExcused(next)) {
        return next.problem();
      }
      long order = places.read(next);
      LogPlace end = new LogPlace(newest.server(), next.gtid(), next.file(), next.end());
      boolean isOld = !ServerLog.isBeyond(end, newest);
      next.keys()
          .forEach(
              (key, isNew) -> {
                scan.seen(key);
                pending.add(key, order, isNew || isOld, now);
              });
      if (next.companions()) {
        companionsOrder = companionsOrder == 0 ? order : companionsOrder;
        companionsEnd = end;
      }
      counts.transaction(next.keys().size());
      next = pending.size() < MOST_PENDING ? queue.poll(0) : null;
    }
    return null;
  }

  /** Whether a transaction was in the log before the last pass over the whole source. */
  private boolean isExcused(LoggedTransaction transaction) {
    LogPlace before = excused;
    String gtid = transaction.gtid();
    if (before != null && before.gtids() != null && gtid != null) {
      return GtidSet.parse(String.valueOf(before.gtids())).contains(gtid);
    }
    return before != null
        && !ServerLog.isBeyond(
            new LogPlace(before.server(), null, transaction.file(), transaction.end()), before);
  }

  private void work() throws SQLException {
    List<PendingKeys.Pending> due = pending.take(MOST_AT_ONCE, System.nanoTime());
    if (!due.isEmpty()) {
      store(due);
    }
    if (companionsOrder > 0 && System.nanoTime() - companionsDone > COMPANIONS_NANOS) {
      companions();
    }
    isMoved |= places.done(Math.min(pending.oldest(), oldestCompanion()));
  }

  private long oldestCompanion() {
    return companionsOrder == 0 ? Long.MAX_VALUE : companionsOrder;
  }

  private void store(List<PendingKeys.Pending> due) throws SQLException {
    Set<SaveKey> settled = saves.settled(due.stream().map(PendingKeys.Pending::key).toList());
    pending.putBack(
        due.stream().filter(one -> !settled.contains(one.key())).toList(), System.nanoTime());
    List<PendingKeys.Pending> ready =
        due.stream().filter(one -> settled.contains(one.key())).toList();
    List<SaveKey> keys = ready.stream().map(PendingKeys.Pending::key).toList();
    if (keys.isEmpty()) {
      return;
    }
    KeyedSaves.Outcome outcome = saves.store(keys);
    gone.gone(outcome.gone());
    Set<SaveKey> there = new HashSet<>(keys);
    there.removeAll(outcome.gone().keySet());
    gone.release(there);
    Set<SaveKey> again = Set.copyOf(outcome.again());
    Set<SaveKey> unknown = new HashSet<>(outcome.unknown());
    for (PendingKeys.Pending one : ready) {
      if (again.contains(one.key())) {
        pending.putBack(List.of(one), System.nanoTime());
      }
      if (one.isInserted()) {
        unknown.remove(one.key());
      }
    }
    counts.stored(outcome.written(), outcome.unchanged(), outcome.gone().size(), unknown.size());
  }

  /** What the comparing beside it needs. */
  private final CompareScan.Following following =
      new CompareScan.Following() {
        @Override
        public boolean isPending(SaveKey key) {
          return pending.has(key);
        }

        @Override
        public LogPlace place() {
          return places.place();
        }

        @Override
        public Set<SaveKey> settled(List<SaveKey> keys) throws SQLException {
          return saves.settled(keys);
        }

        @Override
        public int store(List<SaveKey> keys) throws SQLException {
          KeyedSaves.Outcome outcome = saves.store(keys);
          return outcome.written() + gone.gone(outcome.gone());
        }

        @Override
        public void compared() throws SQLException {
          gone.compared();
        }
      };

  /** Copies the tables beside the saves, once what was written can be seen. */
  private void companions() throws SQLException {
    companionsDone = System.nanoTime();
    if (source.isVisible(companionsEnd) && saves.copyCompanions()) {
      companionsOrder = 0;
    }
  }

  /** Enters the place, behind all that it covers. */
  private void enter() throws SQLException {
    entered = System.nanoTime();
    // With all done that was read, what is still to be read may be old.
    Long millis = isRead || places.behind() > 0 ? lag.millis(places) : null;
    if (millis != null) {
      counts.lag(millis, places.behind() + (queue.isEmpty() ? 0 : 1), pending.size());
    }
    if (isMoved || counts.isHeartbeatDue()) {
      isMoved = false;
      PlaceTable.Reached reached =
          new PlaceTable.Reached(
              places.place(),
              pending.size(),
              millis == null ? null : TimeUnit.MILLISECONDS.toSeconds(millis),
              places.behind());
      saves.onTarget(
          c -> {
            PlaceTable.reached(c, saves.source().name(), reached);
            return true;
          });
    }
  }
}
