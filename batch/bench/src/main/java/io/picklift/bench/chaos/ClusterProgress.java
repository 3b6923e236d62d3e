package io.picklift.bench.chaos;

import java.sql.SQLException;

/** How far a command is that is shared out. */
final class ClusterProgress {
  private final ChaosServer server;
  private final String target;
  private final ClusterPlan.Command command;
  private final long before;

  /** Before the command begins. */
  ClusterProgress(ChaosServer server, String target, ClusterPlan.Command command) {
    this.server = server;
    this.target = target;
    this.command = command;
    before = number("SELECT number FROM picklift_generation");
  }

  /** How many saves are done; -1 where the tables are not there, or the server is away. */
  long saves() {
    return number(
        switch (command) {
          case MIGRATE -> "SELECT COUNT(*) FROM picklift_save";
          case BACKFILL ->
              """
              SELECT COALESCE(SUM(h.visited_rows), -1) FROM picklift_heartbeat h
              JOIN picklift_lease l ON l.lease_id = h.lease_id WHERE l.generation > %d
              """
                  .formatted(before);
          default -> "SELECT COALESCE(SUM(done_rows), -1) FROM picklift_scan_range";
        });
  }

  private long number(String sql) {
    try {
      return Long.parseLong(server.lines(target, sql).get(0));
    } catch (SQLException e) {
      return -1;
    }
  }
}
