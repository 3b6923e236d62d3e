package io.picklift.app.follow;

import io.picklift.app.account.LedgerSweep;
import io.picklift.app.database.Retry;
import io.picklift.app.follow.place.LogPlace;
import io.picklift.app.job.KeyedSaves;
import io.picklift.app.schedule.Schedule;
import io.picklift.app.source.KeyState;
import io.picklift.app.source.SaveKey;
import io.picklift.app.view.SafeText;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares source and target now and then, a page at a time between the follower's batches, and
 * writes nothing itself. A key that differs may only be on its way: it is a finding if no event of
 * it has come when the follower has passed a place that was taken after the difference was seen,
 * and it differs still. Then it is stored. For one thread.
 */
final class CompareScan {
  private static final int MOST_AT_ONCE = 200;

  private final KeyedSaves saves;
  private final FollowSource source;
  private final @Nullable Schedule schedule;
  private final FollowCounts counts;
  private final Set<SaveKey> suspects = new LinkedHashSet<>();
  private Phase phase = Phase.IDLE;
  private long due;
  private @Nullable SaveKey after;
  private @Nullable LedgerSweep sweep;
  private @Nullable LogPlace place;
  private long met;
  private long found;

  private enum Phase {
    IDLE,
    SOURCE,
    LEDGER,
    PASSING,
    CHECKING
  }

  /** What of the follower a step needs. */
  interface Following {
    /** Whether a key was seen in the log and is not done. */
    boolean isPending(SaveKey key);

    /** The place up to which all is done. */
    LogPlace place();

    /** Which of these rows no transaction is writing. */
    Set<SaveKey> settled(List<SaveKey> keys) throws SQLException;

    /**
     * Brings settled keys up to date, as far as edited rows and the bound on deletions let it.
     *
     * @return how many saves it wrote, deleted or newly held back
     */
    int store(List<SaveKey> keys) throws SQLException;

    /** Source and target were compared to the end. */
    void compared() throws SQLException;
  }

  /**
   * @param schedule when to compare; null for never
   */
  CompareScan(
      KeyedSaves saves, FollowSource source, @Nullable Schedule schedule, FollowCounts counts) {
    this.saves = saves;
    this.source = source;
    this.schedule = schedule;
    this.counts = counts;
    plan();
  }

  private void plan() {
    due =
        schedule == null
            ? Long.MAX_VALUE
            : System.currentTimeMillis()
                + schedule.untilNext(ZonedDateTime.now(ZoneId.systemDefault())).toMillis();
  }

  /** The log has an event of a key: a difference is explained. */
  void seen(SaveKey key) {
    suspects.remove(key);
  }

  /** Source and target were compared otherwise. */
  void forget() {
    phase = Phase.IDLE;
    suspects.clear();
    plan();
  }

  /** Does a little. */
  void step(Following following) throws SQLException {
    switch (phase) {
      case IDLE -> begin();
      case SOURCE -> page(following);
      case LEDGER -> ledger(following);
      case PASSING -> {
        LogPlace wanted = place;
        if (wanted == null || source.covers(following.place(), wanted)) {
          phase = Phase.CHECKING;
        }
      }
      case CHECKING -> check(following);
    }
  }

  private void begin() {
    if (System.currentTimeMillis() < due) {
      return;
    }
    counts.say("source and target are compared while following continues");
    after = null;
    met = 0;
    found = 0;
    suspects.clear();
    phase = Phase.SOURCE;
  }

  private void page(Following following) throws SQLException {
    List<KeyState> page = saves.page(after);
    suspect(saves.differing(page), following);
    met += page.size();
    if (page.isEmpty()) {
      sweep = saves.sweep();
      phase = Phase.LEDGER;
    } else {
      after = page.get(page.size() - 1).key();
    }
  }

  private void ledger(Following following) throws SQLException {
    LedgerSweep rest = sweep;
    LedgerSweep.Page page = rest == null ? null : rest.next();
    if (page != null) {
      suspect(page.gone().values(), following);
      return;
    }
    place = Retry.retrying(source.log()::end);
    phase = Phase.PASSING;
  }

  private void suspect(Iterable<SaveKey> keys, Following following) {
    for (SaveKey key : keys) {
      if (!following.isPending(key)) {
        suspects.add(key);
      }
    }
  }

  private void check(Following following) throws SQLException {
    List<SaveKey> some = new ArrayList<>();
    for (SaveKey key : suspects) {
      if (some.size() < MOST_AT_ONCE) {
        some.add(key);
      }
    }
    if (some.isEmpty()) {
      end(following);
      return;
    }
    Set<SaveKey> settled = following.settled(some);
    some.retainAll(settled);
    if (some.isEmpty()) {
      return;
    }
    int stored = following.store(some);
    some.forEach(suspects::remove);
    if (stored > 0 && found == 0) {
      counts.say(
          stored
              + " of "
              + some.size()
              + " saves from "
              + SafeText.line(some.get(0).text())
              + " on differed without a change in the log: written with sql_log_bin=0, or behind"
              + " the server's back? They are brought up to date");
    }
    found += stored;
  }

  private void end(Following following) throws SQLException {
    counts.compared(met, found);
    following.compared();
    phase = Phase.IDLE;
    plan();
  }
}
