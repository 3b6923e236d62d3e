package io.picklift.app.workers.run;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.database.Pools;
import io.picklift.app.job.Game;
import io.picklift.app.source.SaveKey;
import io.picklift.app.workers.broker.BrokerAddress;
import io.picklift.app.workers.broker.BrokerException;
import io.picklift.app.workers.broker.PartitionQueue;
import io.picklift.app.workers.lease.HeldLease;
import io.picklift.app.workers.lease.SharedRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Takes a lease, and is never heard of again. */
record DeadWorker(Game game, BrokerAddress broker) {
  /** Returns the lease's token. */
  String takeOne() throws Exception {
    try (HikariDataSource target = Pools.open("target", game.config().requireTarget(), 2);
        PartitionQueue queue = open(target)) {
      PartitionQueue.Received received = Objects.requireNonNull(queue.receive(60_000));
      SharedRun run;
      try (Connection connection = target.getConnection()) {
        run = Objects.requireNonNull(SharedRun.read(connection));
      }
      HeldLease lease =
          Objects.requireNonNull(
              HeldLease.take(
                  target,
                  run.generation(),
                  received.message().leaseId(),
                  received.message().epoch(),
                  "dead"));
      queue.acknowledge(received);
      if (lease.grant().leaseId() != received.message().leaseId()) {
        throw new IllegalStateException("another lease");
      }
      return lease.grant().token();
    }
  }

  /**
   * Dies of a save that it had alone in hand, as a verification or a restore notes it, until three
   * have.
   */
  void dieOf(String key) throws Exception {
    String hash = HexFormat.of().formatHex(new SaveKey(List.of(key)).sha256());
    String deaths =
        "SELECT COALESCE(MAX(deaths), 0) FROM picklift_scan_suspect WHERE key_sha256 = 0x" + hash;
    while (game.number(deaths) < 3) {
      String token = takeOne();
      game.target(
          "INSERT IGNORE INTO picklift_scan_suspect VALUES ('saves', 0x%s, 2)".formatted(hash));
      game.target(
          "INSERT INTO picklift_scan_in_hand VALUES ('saves', '%s', TRUE, 0x%s, NULL)"
              .formatted(token, hash));
      String held = "SELECT COUNT(*) FROM picklift_lease WHERE token = '" + token + "'";
      while (game.number(held) > 0) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  private PartitionQueue open(HikariDataSource target) throws SQLException, InterruptedException {
    while (true) {
      try (Connection connection = target.getConnection()) {
        String name = SharedRun.madeQueueName(connection);
        if (name != null) {
          return PartitionQueue.open(broker, name, true);
        }
      } catch (BrokerException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw new IllegalStateException(e);
        }
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
