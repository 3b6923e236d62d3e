package io.picklift.app.workers.lease;

import io.picklift.app.workers.lease.SplitModelState.At;
import io.picklift.app.workers.lease.SplitModelState.Lease;
import io.picklift.app.workers.lease.SplitModelState.Range;
import io.picklift.app.workers.lease.SplitModelState.Seen;
import io.picklift.app.workers.lease.SplitModelState.Worker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Workers that give up parts of their ranges, and the coordinator that makes leases of these, as
 * batch/WORKERS.md describes it. {@link LeaseModel} has what happens to one lease; here the
 * coordinator's look at the leases has its single steps, since workers go on between these.
 */
final class SplitModel {
  /** With what is left, a worker splits. */
  private static final int LEAST = 2;

  private final Rules rules;
  private final Size size;

  /**
   * How the protocol is; a model of another one shows what its parts are for.
   *
   * @param isFromTarget whether ranges are rows of the target, as those of verify and restore are,
   *     and not contexts of steps that the coordinator keeps, as those of migrate are
   * @param isEpochChecked whether the transaction that splits looks at the epoch
   * @param areRestsTakenLater whether rests are taken after leases were read
   * @param areRestsTakenAgain whether they are also taken after a lease was taken away
   */
  record Rules(
      boolean isFromTarget,
      boolean isEpochChecked,
      boolean areRestsTakenLater,
      boolean areRestsTakenAgain) {
    static Rules asTheyAre(boolean isFromTarget) {
      return new Rules(isFromTarget, true, true, true);
    }
  }

  /** How much of everything there is. */
  record Size(int workers, int saves, int ranges, int stops, int deaths, int restarts) {}

  SplitModel(Rules rules, Size size) {
    this.rules = rules;
    this.size = size;
  }

  private SplitModelState first() {
    return new SplitModelState(size.workers(), size.saves(), size.ranges());
  }

  /**
   * Goes through all states.
   *
   * @return how many there are
   * @throws AssertionError where one breaks a promise
   */
  int explore() {
    Set<String> seen = new HashSet<>();
    Deque<SplitModelState> waiting = new ArrayDeque<>();
    waiting.add(first());
    while (!waiting.isEmpty()) {
      for (SplitModelState next : steps(waiting.remove())) {
        if (seen.add(next.key())) {
          next.check();
          waiting.add(next);
        }
      }
    }
    return seen.size();
  }

  /**
   * Goes one way that a seed picks, to its end.
   *
   * @return how many steps that took
   * @throws AssertionError where one breaks a promise, or no end comes
   */
  int walk(long seed, int most) {
    Random random = new Random(seed);
    SplitModelState state = first();
    for (int step = 0; step < most; step++) {
      List<SplitModelState> next = steps(state);
      state = next.get(random.nextInt(next.size()));
      try {
        state.check();
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ", step " + step + ": " + e.getMessage(), e);
      }
      if (state.isOver) {
        return step;
      }
    }
    throw new AssertionError("seed " + seed + ": no end after " + most + " steps");
  }

  private List<SplitModelState> steps(SplitModelState state) {
    List<SplitModelState> next = new ArrayList<>();
    if (state.isOver) {
      return next;
    }
    for (int w = 0; w < state.workers.length; w++) {
      worker(state, w, next);
    }
    coordinator(state, next);
    return next;
  }

  private static void step(
      SplitModelState from, List<SplitModelState> to, Consumer<SplitModelState> change) {
    SplitModelState next = from.copy();
    change.accept(next);
    to.add(next);
  }

  private void worker(SplitModelState s, int w, List<SplitModelState> to) {
    Worker worker = s.workers[w];
    if (worker.isStopped) {
      step(s, to, n -> n.workers[w].isStopped = false);
      return;
    }
    if (s.stops < size.stops() && worker.at != At.IDLE) {
      step(s, to, n -> stop(n, w));
    }
    if (s.deaths < size.deaths() && worker.at != At.IDLE) {
      step(s, to, n -> die(n, w));
    }
    if (worker.isQuiet) {
      step(s, to, n -> n.workers[w].isQuiet = false);
    }
    switch (worker.at) {
      case IDLE -> take(s, w, to);
      case READY -> ready(s, w, to);
      case WRITING -> step(s, to, n -> n.commit(w));
      case SPLITTING -> step(s, to, n -> n.commitSplit(w));
    }
  }

  private static void stop(SplitModelState n, int w) {
    n.stops++;
    n.workers[w].isStopped = true;
    n.workers[w].isQuiet = true;
  }

  private static void die(SplitModelState n, int w) {
    n.deaths++;
    n.workers[w].giveUp();
  }

  private void take(SplitModelState s, int w, List<SplitModelState> to) {
    for (int r = 0; r < s.ranges.length; r++) {
      int number = r;
      if (s.ranges[r].lease == Lease.QUEUED) {
        step(s, to, n -> n.take(w, number, rules.isFromTarget()));
      }
    }
  }

  private void ready(SplitModelState s, int w, List<SplitModelState> to) {
    Worker worker = s.workers[w];
    Range range = s.ranges[worker.range];
    boolean isRoom = false;
    for (Range other : s.ranges) {
      isRoom |= other.lease == Lease.NONE;
    }
    if (worker.save == worker.end) {
      step(s, to, n -> n.end(w));
      return;
    }
    // Asked by its sign of life; what it knows may be old where it does not look at the epoch.
    boolean isAsked = range.isAsked || !rules.isEpochChecked();
    if (isAsked && isRoom && worker.end - worker.save >= LEAST) {
      step(s, to, n -> n.beginSplit(w, rules.isEpochChecked()));
    }
    step(s, to, n -> n.begin(w));
  }

  private void coordinator(SplitModelState s, List<SplitModelState> to) {
    if (s.restarts < size.restarts()) {
      step(s, to, n -> n.restart(rules.isFromTarget()));
    }
    for (int r = 0; r < s.ranges.length; r++) {
      int number = r;
      if (s.ranges[r].lease == Lease.HELD && !s.ranges[r].isAsked) {
        step(s, to, n -> n.ranges[number].isAsked = true);
      }
    }
    if (s.look < 2) {
      boolean isReading = (s.look == 0) == rules.areRestsTakenLater();
      step(s, to, n -> firstHalf(n, isReading));
    } else {
      step(s, to, n -> secondHalf(n, s.look - 2));
    }
  }

  private static void firstHalf(SplitModelState n, boolean isReading) {
    if (isReading) {
      n.read();
    } else {
      n.takeRests();
    }
    n.look++;
  }

  /** Looks at one lease; what was silent may have been heard of since. */
  private void secondHalf(SplitModelState n, int number) {
    Range range = n.ranges[number];
    if (range.lease == Lease.EXPIRED) {
      if (rules.areRestsTakenAgain()) {
        n.takeRests();
      }
      range.lease = Lease.QUEUED;
      range.seen = Seen.NOTHING;
    } else if (range.seen == Seen.SILENT && n.isSilent(range)) {
      n.expire(range);
      return;
    } else if (range.seen == Seen.DONE) {
      range.lease = Lease.COUNTED;
    }
    range.seen = Seen.NOTHING;
    n.look++;
    if (n.look == n.ranges.length + 2) {
      n.look = 0;
      n.overIfAll();
    }
  }
}
