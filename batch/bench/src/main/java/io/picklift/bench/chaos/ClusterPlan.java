package io.picklift.bench.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * What one run of a cluster does, picked by its seed.
 *
 * @param world which BLOBs there are
 * @param rows how many rows the source has
 * @param isLoaded whether the server takes LOAD DATA LOCAL
 * @param phases the commands that are shared out, one after the other, each with its faults
 * @param damage which save is damaged, as a share of all that were migrated
 */
record ClusterPlan(
    long seed, int world, int rows, boolean isLoaded, List<Phase> phases, double damage) {
  static final int WORKERS = 3;
  static final int LEASE_SECONDS = 2;
  static final int HEAP = 256;
  private static final int WORLDS = 4;

  /** The commands that are shared out. */
  enum Command {
    MIGRATE,
    BACKFILL,
    VERIFY,
    /** With one save that was damaged in the target before. */
    VERIFY_DAMAGED,
    RESTORE;

    /** Whether it writes saves into the target. */
    boolean isWriting() {
      return this == MIGRATE || this == BACKFILL;
    }

    boolean isVerifying() {
      return this == VERIFY || this == VERIFY_DAMAGED;
    }
  }

  /** A command and what is done to its processes. */
  record Phase(Command command, List<Act> acts) {
    Phase {
      acts = List.copyOf(acts);
    }

    @Override
    public String toString() {
      return command + " " + acts;
    }
  }

  /** What is done to a process or a server. */
  enum Kind {
    KILL_WORKER,
    STOP_WORKER,
    /** As soon as the worker has a transaction open that checked its lease. */
    STOP_IN_TRANSACTION,
    END_WORKER,
    CUT_NETWORK,
    KILL_COORDINATOR,
    STOP_COORDINATOR,
    KILL_SERVER
  }

  /**
   * A fault.
   *
   * @param share when, of the rows that are to be written
   * @param worker whom, where it is a worker
   * @param millis for how long, where it ends
   */
  record Act(Kind kind, double share, int worker, int millis) {
    @Override
    public String toString() {
      return "%s %d at %.2f for %d ms".formatted(kind, worker, share, millis);
    }
  }

  ClusterPlan {
    phases = List.copyOf(phases);
  }

  /**
   * The plan of a seed: a migration, and one more command after it.
   *
   * @param isFast whether the source is small: most of a run is then the start of its processes
   */
  static ClusterPlan of(long seed, boolean isServerOurs, boolean isFast) {
    Random random = new Random(new SplittableRandom(seed).nextLong());
    int rows = isFast ? 80 + random.nextInt(120) : 300 + random.nextInt(500);
    int world = random.nextInt(WORLDS);
    boolean isLoaded = random.nextBoolean();
    Command[] later = {
      Command.BACKFILL,
      Command.VERIFY,
      Command.VERIFY_DAMAGED,
      Command.VERIFY_DAMAGED,
      Command.RESTORE,
      Command.RESTORE
    };
    Command second = later[random.nextInt(later.length)];
    List<Phase> phases =
        List.of(
            new Phase(Command.MIGRATE, acts(random, 1 + random.nextInt(2), isServerOurs)),
            new Phase(second, acts(random, 1 + random.nextInt(2), isServerOurs)));
    return new ClusterPlan(seed, world, rows, isLoaded, phases, random.nextDouble());
  }

  private static List<Act> acts(Random random, int number, boolean isServerOurs) {
    List<Act> acts = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      double share = random.nextDouble() * 0.8;
      int worker = random.nextInt(WORKERS);
      // Longer than a lease in most cases.
      int millis = 500 + random.nextInt(2 * 1_000 * LEASE_SECONDS + 2_000);
      if (kind != Kind.KILL_SERVER || isServerOurs) {
        acts.add(new Act(kind, share, worker, millis));
      }
    }
    if (acts.isEmpty()) {
      acts.add(new Act(Kind.KILL_WORKER, 0.5, 0, 0));
    }
    acts.sort((one, other) -> Double.compare(one.share(), other.share()));
    return acts;
  }

  /** What one process does with the same saves: what a worker with one thread has of a heap. */
  Plan alone() {
    return new Plan(seed, Plan.Command.MIGRATE, world, rows, HEAP, 1, 1, isLoaded, List.of());
  }

  @Override
  public String toString() {
    return "seed %d: world %d, %d rows, %s; %s"
        .formatted(seed, world, rows, isLoaded ? "LOAD DATA" : "INSERT", phases);
  }
}
