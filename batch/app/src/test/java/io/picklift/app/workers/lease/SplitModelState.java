package io.picklift.app.workers.lease;

import java.util.Arrays;

/**
 * One state of {@link SplitModel}: the ranges and what the target has of them, and what coordinator
 * and workers have in their memory.
 */
final class SplitModelState {
  final Range[] ranges;
  final Worker[] workers;
  final int[] written;
  int stops;
  int deaths;
  int restarts;
  boolean isOver;

  /**
   * Where the coordinator is in its look: it reads leases, takes rests, and goes through leases.
   */
  int look;

  private boolean isTwice;

  /** Where a range's lease is. */
  enum Lease {
    NONE,
    /** Given up by its worker; the coordinator has not made a lease of it yet. */
    REST,
    QUEUED,
    HELD,
    EXPIRED,
    DONE,
    COUNTED
  }

  /** What the coordinator read of a lease. */
  enum Seen {
    NOTHING,
    SILENT,
    DONE
  }

  /** A range and its lease. */
  static final class Range {
    Lease lease = Lease.NONE;
    int epoch;
    int from;

    /** Where it ends as the target has it. */
    int end;

    /** Where it ends as the coordinator knows it: the next attempt's context. */
    int known;

    /** The range that it was a part of. */
    int of;

    boolean isAsked;
    Seen seen = Seen.NOTHING;

    private Range copy() {
      Range copy = new Range();
      copy.lease = lease;
      copy.epoch = epoch;
      copy.from = from;
      copy.end = end;
      copy.known = known;
      copy.of = of;
      copy.isAsked = isAsked;
      copy.seen = seen;
      return copy;
    }
  }

  /** Where a worker is. */
  enum At {
    IDLE,
    READY,
    WRITING,
    SPLITTING
  }

  /** A worker's memory, and its connection. */
  static final class Worker {
    At at = At.IDLE;
    int range;
    int epoch;
    int save;
    int end;
    boolean isStopped;

    /** Whether it gave no sign of life since it was stopped. */
    boolean isQuiet;

    private Worker copy() {
      Worker copy = new Worker();
      copy.at = at;
      copy.range = range;
      copy.epoch = epoch;
      copy.save = save;
      copy.end = end;
      copy.isStopped = isStopped;
      copy.isQuiet = isQuiet;
      return copy;
    }

    void giveUp() {
      at = At.IDLE;
      range = 0;
      epoch = 0;
      save = 0;
      end = 0;
    }
  }

  SplitModelState(int workers, int saves, int ranges) {
    this.workers = new Worker[workers];
    this.ranges = new Range[ranges];
    written = new int[saves];
    for (int i = 0; i < workers; i++) {
      this.workers[i] = new Worker();
    }
    for (int i = 0; i < ranges; i++) {
      this.ranges[i] = new Range();
    }
    whole();
  }

  private SplitModelState(SplitModelState other) {
    workers = new Worker[other.workers.length];
    ranges = new Range[other.ranges.length];
    written = other.written.clone();
    for (int i = 0; i < workers.length; i++) {
      workers[i] = other.workers[i].copy();
    }
    for (int i = 0; i < ranges.length; i++) {
      ranges[i] = other.ranges[i].copy();
    }
    stops = other.stops;
    deaths = other.deaths;
    restarts = other.restarts;
    isOver = other.isOver;
    look = other.look;
    isTwice = other.isTwice;
  }

  SplitModelState copy() {
    return new SplitModelState(this);
  }

  private void whole() {
    Range first = ranges[0];
    first.lease = Lease.QUEUED;
    first.end = written.length;
    first.known = written.length;
  }

  /** Tells states apart; workers that change places make no other one. */
  @SuppressWarnings("EnumOrdinal") // keys are compared within one run, and kept nowhere
  String key() {
    StringBuilder key = new StringBuilder();
    append(key, stops, deaths, restarts, isOver ? 1 : 0, look, isTwice ? 1 : 0);
    append(key, written);
    for (Range range : ranges) {
      append(key, range.lease.ordinal(), range.seen.ordinal(), range.isAsked ? 1 : 0);
      append(key, range.epoch, range.from, range.end, range.known, range.of);
    }
    String[] each = new String[workers.length];
    for (int w = 0; w < each.length; w++) {
      Worker worker = workers[w];
      StringBuilder one = new StringBuilder();
      append(one, worker.at.ordinal(), worker.isStopped ? 1 : 0, worker.isQuiet ? 1 : 0);
      append(one, worker.range, worker.epoch, worker.save, worker.end);
      each[w] = one.toString();
    }
    Arrays.sort(each);
    return key.append(String.join("", each)).toString();
  }

  private static void append(StringBuilder key, int... values) {
    for (int value : values) {
      key.append((char) value);
    }
  }

  /** Whether a worker's lease is its own. */
  boolean isValid(Worker worker) {
    Range range = ranges[worker.range];
    return worker.at != At.IDLE && range.lease == Lease.HELD && range.epoch == worker.epoch;
  }

  /** Whether nobody who gives signs of life has it. */
  boolean isSilent(Range range) {
    for (Worker worker : workers) {
      if (isValid(worker) && ranges[worker.range] == range && !worker.isQuiet) {
        return false;
      }
    }
    return range.lease == Lease.HELD;
  }

  void take(int w, int number, boolean isFromTarget) {
    Range range = ranges[number];
    Worker worker = workers[w];
    range.lease = Lease.HELD;
    worker.at = At.READY;
    worker.range = number;
    worker.epoch = range.epoch;
    worker.save = range.from;
    worker.end = isFromTarget ? range.end : range.known;
    worker.isQuiet = false;
  }

  /** One that the target has already is passed over. */
  void begin(int w) {
    Worker worker = workers[w];
    if (written[worker.save] > 0) {
      worker.save++;
    } else if (isValid(worker)) {
      worker.at = At.WRITING;
      for (Worker other : workers) {
        isTwice |= other != worker && other.at == At.WRITING && other.save == worker.save;
      }
    } else {
      worker.giveUp();
    }
  }

  void commit(int w) {
    Worker worker = workers[w];
    written[worker.save] = 1;
    worker.save++;
    worker.at = At.READY;
  }

  void beginSplit(int w, boolean isEpochChecked) {
    Worker worker = workers[w];
    if (isEpochChecked && !isValid(worker)) {
      worker.giveUp();
    } else {
      worker.at = At.SPLITTING;
    }
  }

  void commitSplit(int w) {
    Worker worker = workers[w];
    worker.at = At.READY;
    ranges[worker.range].isAsked = false;
    int cut = worker.save + (worker.end - worker.save) / 2;
    for (Range rest : ranges) {
      if (rest.lease == Lease.NONE) {
        rest.lease = Lease.REST;
        rest.from = cut;
        rest.end = worker.end;
        rest.known = worker.end;
        rest.of = worker.range;
        ranges[worker.range].end = cut;
        worker.end = cut;
        return;
      }
    }
  }

  void end(int w) {
    Worker worker = workers[w];
    if (isValid(worker)) {
      ranges[worker.range].lease = Lease.DONE;
    }
    worker.giveUp();
  }

  void takeRests() {
    for (Range range : ranges) {
      if (range.lease == Lease.REST) {
        range.lease = Lease.QUEUED;
        ranges[range.of].known = range.from;
      }
    }
  }

  void read() {
    for (Range range : ranges) {
      range.seen = isSilent(range) ? Seen.SILENT : Seen.NOTHING;
      if (range.lease == Lease.DONE) {
        range.seen = Seen.DONE;
      }
    }
  }

  /** The lease is taken away, and a transaction in the way is ended. */
  void expire(Range range) {
    for (Worker worker : workers) {
      if (isValid(worker) && ranges[worker.range] == range && worker.at != At.READY) {
        worker.giveUp();
      }
    }
    range.epoch++;
    range.isAsked = false;
    range.lease = Lease.EXPIRED;
  }

  /** All leases that the coordinator knows of are counted. */
  void overIfAll() {
    for (Range range : ranges) {
      if (range.lease != Lease.NONE && range.lease != Lease.REST && range.lease != Lease.COUNTED) {
        return;
      }
    }
    isOver = true;
  }

  /**
   * Another coordinator begins.
   *
   * @param isFromTarget whether it goes on with the ranges that the target has; else it cuts anew
   */
  void restart(boolean isFromTarget) {
    restarts++;
    look = 0;
    for (Range range : ranges) {
      Lease before = range.lease;
      expire(range);
      range.seen = Seen.NOTHING;
      range.known = range.end;
      range.lease = isFromTarget && before != Lease.NONE ? Lease.QUEUED : Lease.NONE;
      if (isFromTarget && (before == Lease.DONE || before == Lease.COUNTED)) {
        range.lease = Lease.COUNTED;
      }
    }
    if (!isFromTarget) {
      whole();
    }
  }

  /** What is promised. */
  void check() {
    require(!isTwice, "two attempts that may both write had one save in hand");
    for (int save : written) {
      require(!isOver || save > 0, "a save was not written at the end");
    }
  }

  private static void require(boolean isSo, String what) {
    if (!isSo) {
      throw new AssertionError(what);
    }
  }
}
