package io.picklift.app.workers.lease;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Goes through all interleavings of two workers, one coordinator and three saves over one lease, as
 * batch/WORKERS.md describes the protocol: taking, signs of life, reading, transactions, expiry,
 * taking away, ending of connections, stops, deaths, and coordinators that start again.
 */
final class LeaseModel {
  /** A lease is silent for too long after so many ticks without a sign of life. */
  private static final int LEASE_TICKS = 2;

  private static final int SAVES = 3;
  private static final int MOST_STOPS = 2;
  private static final int MOST_DEATHS = 1;

  private final boolean isEpochChecked;
  private final boolean isOneRow;
  private final Set<Long> seen = new HashSet<>();
  private final Deque<LeaseModelState> waiting = new ArrayDeque<>();
  private int ends;

  /**
   * @param isEpochChecked whether a transaction looks at the epoch, and locks it
   * @param isOneRow whether signs of life are in the row with the epoch
   */
  LeaseModel(boolean isEpochChecked, boolean isOneRow) {
    this.isEpochChecked = isEpochChecked;
    this.isOneRow = isOneRow;
  }

  /**
   * Goes through all states.
   *
   * @return how many there are
   * @throws AssertionError where one breaks a promise
   */
  int explore() {
    enter(new LeaseModelState());
    while (!waiting.isEmpty()) {
      LeaseModelState state = waiting.remove();
      int before = waiting.size() + seen.size();
      steps(state);
      if (before == waiting.size() + seen.size() && state.isDone) {
        ends++;
      }
    }
    return seen.size();
  }

  /** How many states are ends, after which nothing new comes. */
  int ends() {
    return ends;
  }

  private void enter(LeaseModelState state) {
    if (seen.add(state.key())) {
      state.check();
      waiting.add(state);
    }
  }

  private void step(LeaseModelState from, Consumer<LeaseModelState> change) {
    LeaseModelState next = from.copy();
    change.accept(next);
    enter(next);
  }

  private void steps(LeaseModelState s) {
    for (int w = 0; w < s.workers.length; w++) {
      worker(s, w);
    }
    if (s.isMayTick(isOneRow)) {
      step(s, n -> n.heard = Math.min(LEASE_TICKS, n.heard + 1));
    }
    if (s.version == 1) {
      step(s, n -> n.version = 2);
    }
    coordinator(s);
  }

  private void worker(LeaseModelState s, int w) {
    LeaseModelState.Worker worker = s.workers[w];
    if (worker.isStopped) {
      step(s, n -> n.workers[w].isStopped = false);
      return;
    }
    if (s.stops < MOST_STOPS) {
      step(s, n -> n.stop(w));
    }
    if (s.deaths < MOST_DEATHS) {
      step(s, n -> n.die(w));
    }
    boolean isBeating = worker.epoch > 0 && worker.epoch == s.epoch && s.isHeld;
    if (isBeating && !(isOneRow && s.isLocked())) {
      step(s, n -> n.beat(w));
    }
    switch (worker.at) {
      case IDLE -> {
        if (s.isQueued() && !s.isLocked()) {
          step(s, n -> n.take(w));
        }
      }
      case READY -> {
        if (worker.save == SAVES) {
          step(s, n -> n.end(w));
        } else {
          step(s, n -> n.read(w));
        }
      }
      case READ -> step(s, n -> n.begin(w, isEpochChecked));
      case WRITING -> step(s, n -> n.commit(w));
    }
  }

  private void coordinator(LeaseModelState s) {
    if (s.isHeld && s.heard == LEASE_TICKS) {
      step(s, n -> n.takeAway(true));
    }
    if (!s.isDone && s.restarts == 0) {
      step(s, n -> n.takeAway(false));
    }
  }
}
