package io.picklift.bench.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * What one run does, picked by its seed.
 *
 * @param world which BLOBs there are
 * @param rows how many rows the source has
 * @param heap of the process, in MB
 * @param flush {@code innodb_flush_log_at_trx_commit}: with 0 a killed server loses commits
 * @param isLoaded whether the server takes LOAD DATA LOCAL
 * @param attempts the faults of the first attempt, and of the second where there is one
 */
record Plan(
    long seed,
    Command command,
    int world,
    int rows,
    int heap,
    int partitions,
    int flush,
    boolean isLoaded,
    List<List<Fault>> attempts) {
  private static final int WORLDS = 4;

  /** The commands under test. */
  enum Command {
    MIGRATE,
    BACKFILL,
    VERIFY,
    RESTORE_TABLE,
    RESTORE_OUT;

    /** Whether it changes the target's saves. */
    boolean isWriting() {
      return this == MIGRATE || this == BACKFILL;
    }
  }

  Plan {
    attempts = List.copyOf(attempts);
  }

  /** The plan of a seed; faults only of the kinds that can be made here. */
  static Plan of(long seed, List<FaultKind> possible) {
    // Neighbouring seeds give neighbouring first numbers.
    Random random = new Random(new SplittableRandom(seed).nextLong());
    Command[] weighted = {
      Command.MIGRATE,
      Command.MIGRATE,
      Command.MIGRATE,
      Command.BACKFILL,
      Command.BACKFILL,
      Command.VERIFY,
      Command.RESTORE_TABLE,
      Command.RESTORE_OUT
    };
    Command command = weighted[random.nextInt(weighted.length)];
    int[] sizes = {30, 200, 600, 1_500};
    int rows = sizes[random.nextInt(sizes.length)] + random.nextInt(20);
    int partitions = 1 << random.nextInt(3);
    List<List<Fault>> attempts = new ArrayList<>();
    int disturbed = random.nextInt(3) == 0 ? 2 : 1;
    for (int i = 0; i < disturbed; i++) {
      attempts.add(faults(random, command, possible));
    }
    return new Plan(
        seed,
        command,
        random.nextInt(WORLDS),
        rows,
        random.nextInt(3) == 0 ? 128 : 256,
        partitions,
        random.nextInt(3) == 0 ? 0 : 1,
        random.nextBoolean(),
        attempts);
  }

  private static List<Fault> faults(Random random, Command command, List<FaultKind> possible) {
    List<Fault> faults = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      FaultKind kind = possible.get(random.nextInt(possible.size()));
      double at = random.nextDouble();
      int millis = 200 + random.nextInt(kind == FaultKind.SILENCE ? 7_000 : 3_000);
      if (kind != FaultKind.SOURCE || command.isWriting()) {
        faults.add(new Fault(kind, at, millis));
      }
    }
    if (faults.isEmpty()) {
      faults.add(new Fault(FaultKind.KILL, random.nextDouble(), 0));
    }
    return faults;
  }

  boolean has(FaultKind kind) {
    return attempts.stream().flatMap(List::stream).anyMatch(fault -> fault.kind() == kind);
  }

  @Override
  public String toString() {
    return "seed %d: %s, world %d, %d rows, -Xmx%dm, --partitions %d, flush_log %d, %s; %s"
        .formatted(
            seed,
            command,
            world,
            rows,
            heap,
            partitions,
            flush,
            isLoaded ? "LOAD DATA" : "INSERT",
            attempts);
  }
}
