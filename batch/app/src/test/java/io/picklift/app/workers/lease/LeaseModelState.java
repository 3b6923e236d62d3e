package io.picklift.app.workers.lease;

/** One state of {@link LeaseModel}: what the target has, and what each worker has in its memory. */
final class LeaseModelState {
  private static final int BITS = 3;

  int epoch = 1;
  boolean isHeld;
  boolean isDone;
  int heard;

  /** The version of the source's rows: 1, and 2 once they were written again. */
  int version = 1;

  int stops;
  int deaths;
  int restarts;
  final Worker[] workers = {new Worker(), new Worker()};
  private int granted;

  /** The version of each save that the target has; 0 for none. */
  private final int[] target = new int[3];

  private boolean isStaleCommit;
  private boolean isRobbed;

  /** Where a worker is. */
  enum At {
    IDLE,
    READY,
    READ,
    WRITING
  }

  /** A worker's memory, and its connection. */
  static final class Worker {
    At at = At.IDLE;
    int epoch;
    int save;
    int read;
    boolean isStopped;

    /** Whether it was stopped since its last sign of life. */
    boolean wasStopped;

    /** Whether its transaction locks the epoch's row. */
    boolean hasLock;

    private long key() {
      long key =
          (at == At.IDLE || at == At.READ ? 1 : 0) | (at == At.IDLE || at == At.READY ? 2 : 0);
      key = key << BITS | epoch;
      key = key << BITS | save;
      key = key << BITS | read;
      return key << BITS | (isStopped ? 1 : 0) | (wasStopped ? 2 : 0) | (hasLock ? 4 : 0);
    }

    private Worker copy() {
      Worker copy = new Worker();
      copy.at = at;
      copy.epoch = epoch;
      copy.save = save;
      copy.read = read;
      copy.isStopped = isStopped;
      copy.wasStopped = wasStopped;
      copy.hasLock = hasLock;
      return copy;
    }

    private void giveUp() {
      at = At.IDLE;
      epoch = 0;
      save = 0;
      read = 0;
      hasLock = false;
      wasStopped = false;
    }
  }

  LeaseModelState copy() {
    LeaseModelState copy = new LeaseModelState();
    copy.epoch = epoch;
    copy.isHeld = isHeld;
    copy.isDone = isDone;
    copy.heard = heard;
    copy.version = version;
    copy.stops = stops;
    copy.deaths = deaths;
    copy.restarts = restarts;
    copy.granted = granted;
    copy.isStaleCommit = isStaleCommit;
    copy.isRobbed = isRobbed;
    System.arraycopy(target, 0, copy.target, 0, target.length);
    for (int i = 0; i < workers.length; i++) {
      copy.workers[i] = workers[i].copy();
    }
    return copy;
  }

  /** Tells states apart. */
  long key() {
    long key = epoch;
    key = key << BITS | (isHeld ? 1 : 0) | (isDone ? 2 : 0) | (isRobbed ? 4 : 0);
    key = key << BITS | heard | (isStaleCommit ? 4 : 0);
    key = key << BITS | version | (restarts > 0 ? 4 : 0);
    key = key << BITS | stops;
    key = key << BITS | deaths;
    key = key << BITS | granted;
    for (int save : target) {
      key = key << 2 | save;
    }
    for (Worker worker : workers) {
      key = (key << (5 * BITS)) | worker.key();
    }
    return key;
  }

  boolean isQueued() {
    return !isHeld && !isDone;
  }

  boolean isLocked() {
    return workers[0].hasLock || workers[1].hasLock;
  }

  /** Time goes on: a worker that runs has given its sign of life first, unless it has to wait. */
  boolean isMayTick(boolean isOneRow) {
    for (Worker worker : workers) {
      boolean isBeating = isHeld && worker.epoch == epoch && !worker.isStopped;
      if (isBeating && heard > 0 && !(isOneRow && isLocked())) {
        return false;
      }
    }
    return isHeld && heard < 2;
  }

  void stop(int w) {
    stops++;
    workers[w].isStopped = true;
    workers[w].wasStopped = true;
  }

  /** The server sees that the connection is gone, and undoes the transaction. */
  void die(int w) {
    deaths++;
    workers[w].giveUp();
  }

  void beat(int w) {
    heard = 0;
    workers[w].wasStopped = false;
  }

  void take(int w) {
    isHeld = true;
    heard = 0;
    granted = epoch;
    workers[w].giveUp();
    workers[w].epoch = epoch;
    workers[w].at = At.READY;
  }

  /** Reads the row; one that the target has as it is, is passed over. */
  void read(int w) {
    Worker worker = workers[w];
    if (target[worker.save] == version) {
      worker.save++;
      return;
    }
    worker.read = version;
    worker.at = At.READ;
  }

  void begin(int w, boolean isEpochChecked) {
    Worker worker = workers[w];
    if (!isEpochChecked) {
      worker.at = At.WRITING;
    } else if (isHeld && worker.epoch == epoch) {
      worker.at = At.WRITING;
      worker.hasLock = true;
    } else {
      worker.giveUp();
    }
  }

  void commit(int w) {
    Worker worker = workers[w];
    isStaleCommit |= worker.epoch < granted;
    target[worker.save] = worker.read;
    worker.read = 0;
    worker.save++;
    worker.hasLock = false;
    worker.at = At.READY;
  }

  void end(int w) {
    if (isHeld && workers[w].epoch == epoch && !isLocked()) {
      isHeld = false;
      isDone = true;
    }
    workers[w].giveUp();
  }

  /**
   * The coordinator takes the lease away, and ends a transaction that is in its way.
   *
   * @param isExpired whether since it was silent; else another coordinator begins
   */
  void takeAway(boolean isExpired) {
    for (Worker worker : workers) {
      isRobbed |=
          isExpired
              && worker.epoch == epoch
              && worker.at != At.IDLE
              && !worker.isStopped
              && !worker.wasStopped;
      if (worker.hasLock) {
        worker.giveUp();
      }
    }
    restarts += isExpired ? 0 : 1;
    epoch++;
    isHeld = false;
    heard = 0;
  }

  /** What is promised. */
  void check() {
    require(epoch < 1 << BITS, "the model is too small");
    require(!isStaleCommit, "a write of an epoch was committed after a higher one was granted");
    require(!isRobbed, "a worker that ran all the time lost its lease while its chunk was in hand");
    for (int save : target) {
      require(!isDone || save > 0, "a row was not written at the end");
    }
  }

  private static void require(boolean isSo, String what) {
    if (!isSo) {
      throw new AssertionError(what);
    }
  }
}
