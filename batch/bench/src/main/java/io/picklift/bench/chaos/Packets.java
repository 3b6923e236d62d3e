package io.picklift.bench.chaos;

/** About how many packets a command sends when nothing disturbs it, as was counted once. */
final class Packets {
  private Packets() {}

  static long of(Plan plan) {
    int partitions = plan.partitions();
    int rows = plan.rows();
    return switch (plan.command()) {
      case MIGRATE -> 950 + 560L * partitions + rows / 5;
      case BACKFILL -> 450 + 560L * partitions + rows / 5;
      case VERIFY -> 300 + 400L * partitions + rows / 5;
      case RESTORE_TABLE -> 80 + rows * 14L / 10;
      case RESTORE_OUT -> 35 + rows * 15L / 100;
    };
  }
}
