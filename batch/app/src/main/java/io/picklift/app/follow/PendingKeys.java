package io.picklift.app.follow;

import io.picklift.app.source.SaveKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys that the log named and that are not done, in the order of their first events. For one
 * thread.
 */
final class PendingKeys {
  private static final long FIRST_PAUSE_NANOS = 50_000_000L;
  private static final int MOST_DOUBLINGS = 5;

  private final Map<SaveKey, Pending> fresh = new LinkedHashMap<>();

  /** Keys whose rows were locked when they were to be read. */
  private final Map<SaveKey, Pending> locked = new LinkedHashMap<>();

  private final long settleNanos;

  /**
   * A key.
   *
   * @param order number of the transaction of its first event that is not done
   * @param seen when that event was read
   * @param isInserted whether the log told that its row came
   * @param tries how often its row was locked
   */
  record Pending(SaveKey key, long order, long seen, boolean isInserted, int tries) {
    Pending inserted(boolean is) {
      return is && !isInserted ? new Pending(key, order, seen, true, tries) : this;
    }
  }

  PendingKeys(long settleNanos) {
    this.settleNanos = settleNanos;
  }

  /** The log names a key. The time that it is waited with counts from its first event. */
  void add(SaveKey key, long order, boolean isInserted, long now) {
    Pending before = locked.get(key);
    if (before != null) {
      locked.put(key, before.inserted(isInserted));
      return;
    }
    fresh.merge(
        key,
        new Pending(key, order, now, isInserted, 0),
        (first, unused) -> first.inserted(isInserted));
  }

  /** Takes keys whose time has come, those that were locked first and then the oldest. */
  List<Pending> take(int most, long now) {
    List<Pending> due = new ArrayList<>();
    Iterator<Pending> again = locked.values().iterator();
    while (due.size() < most && again.hasNext()) {
      Pending pending = again.next();
      if (now - pending.seen() >= 0) {
        due.add(pending);
        again.remove();
      }
    }
    Iterator<Pending> oldest = fresh.values().iterator();
    while (due.size() < most && oldest.hasNext()) {
      Pending pending = oldest.next();
      if (now - pending.seen() < settleNanos) {
        break;
      }
      due.add(pending);
      oldest.remove();
    }
    return due;
  }

  /** These could not be read, since something had locked their rows. */
  void putBack(Collection<Pending> pending, long now) {
    for (Pending one : pending) {
      int tries = one.tries() + 1;
      long pause = FIRST_PAUSE_NANOS << Math.min(tries - 1, MOST_DOUBLINGS);
      Pending later = fresh.remove(one.key());
      boolean isInserted = one.isInserted() || (later != null && later.isInserted());
      locked.put(one.key(), new Pending(one.key(), one.order(), now + pause, isInserted, tries));
    }
  }

  /** The number of the oldest transaction of which a key is not done; none where all are. */
  long oldest() {
    long oldest = Long.MAX_VALUE;
    if (!fresh.isEmpty()) {
      oldest = fresh.values().iterator().next().order();
    }
    for (Pending pending : locked.values()) {
      oldest = Math.min(oldest, pending.order());
    }
    return oldest;
  }

  boolean has(SaveKey key) {
    return fresh.containsKey(key) || locked.containsKey(key);
  }

  int size() {
    return fresh.size() + locked.size();
  }
}
