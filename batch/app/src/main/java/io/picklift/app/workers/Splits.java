package io.picklift.app.workers;

import io.picklift.app.workers.lease.Leases.Lease;
import io.picklift.app.workers.lease.Leases.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Says which ranges take too long while somebody has nothing to do: those that are under way for
 * half a lease, and for twice as long as others took. For one thread.
 */
final class Splits {
  private final long leastNanos;
  private final Map<Long, Held> held = new HashMap<>();
  private int mostHeld;
  private long done;
  private long nanos;

  /** Since when an attempt has a lease, and whether it was asked for a part of it. */
  private record Held(long epoch, long since, boolean isAsked) {}

  Splits(long leaseMillis) {
    leastNanos = TimeUnit.MILLISECONDS.toNanos(leaseMillis) / 2;
  }

  /**
   * The leases to be split, the longest first: as many as there were hands before that are free.
   *
   * @param current leases that are not waiting
   * @param open how many leases there are that are not done
   */
  List<Lease> tooLong(List<Lease> current, int open) {
    long now = System.nanoTime();
    List<Lease> busy = new ArrayList<>();
    for (Lease lease : current) {
      if (lease.state() == State.HELD) {
        busy.add(lease);
        Held before = held.get(lease.id());
        if (before == null || before.epoch() != lease.epoch()) {
          held.put(lease.id(), new Held(lease.epoch(), now, false));
        }
      }
    }
    mostHeld = Math.max(mostHeld, busy.size());
    int free = busy.size() < open ? 0 : mostHeld - busy.size();
    return busy.stream()
        .filter(lease -> isTooLong(lease, now))
        .sorted(Comparator.comparingLong(this::since))
        .limit(free)
        .toList();
  }

  private long since(Lease lease) {
    Held of = held.get(lease.id());
    return of == null ? Long.MAX_VALUE : of.since();
  }

  private boolean isTooLong(Lease lease, long now) {
    Held of = held.get(lease.id());
    long usual = done == 0 ? 0 : 2 * (nanos / done);
    return of != null && !of.isAsked() && now - of.since() > Math.max(leastNanos, usual);
  }

  /** A lease's attempt was asked. */
  void asked(Lease lease) {
    held.put(lease.id(), new Held(lease.epoch(), System.nanoTime(), true));
  }

  /** It gave up a part: what it keeps may be asked for again. */
  void split(long leaseId) {
    Held of = held.get(leaseId);
    if (of != null) {
      held.put(leaseId, new Held(of.epoch(), System.nanoTime(), false));
    }
  }

  /** A lease is done. */
  void done(long leaseId) {
    Held of = held.remove(leaseId);
    if (of != null) {
      done++;
      nanos += System.nanoTime() - of.since();
    }
  }
}
