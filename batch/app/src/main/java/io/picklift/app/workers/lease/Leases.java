package io.picklift.app.workers.lease;

import io.picklift.app.database.Retry;
import io.picklift.app.lock.Generation;
import io.picklift.app.lock.Takeover;
import io.picklift.app.lock.WriterMarks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The leases of one run, for its coordinator, which has the target's lock. */
public final class Leases {
  private static final long MICROS = 1_000;

  private final DataSource target;
  private final Generation generation;
  private final long leaseMillis;

  /**
   * @param leaseMillis how long a worker may be silent, by the server's clock
   */
  public Leases(DataSource target, Generation generation, long leaseMillis) {
    this.target = target;
    this.generation = generation;
    this.leaseMillis = leaseMillis;
  }

  /** How long a worker may be silent. */
  public long leaseMillis() {
    return leaseMillis;
  }

  /** Where a lease is. */
  public enum State {
    HELD,
    DONE,
    FAILED,
    RETURNED,
    EXPIRED
  }

  /**
   * A lease that is to be looked at.
   *
   * @param isSilent whether its worker was not heard of for too long
   * @param worker who has or had it
   * @param failures of attempts so far
   * @param failure why the last one failed; null where it did not
   */
  public record Lease(
      long id,
      long epoch,
      String token,
      State state,
      boolean isSilent,
      long stepExecutionId,
      @Nullable String worker,
      int failures,
      @Nullable String failure,
      Progress progress) {}

  /**
   * A part of a range that its worker gave up.
   *
   * @param kept the step's context of what the worker keeps
   * @param rest that of the part
   */
  public record Rest(long id, long leaseId, String kept, String rest) {}

  /** Asks the attempt that has a lease to give up a part of it at its next chunk. */
  public void split(Lease lease) throws SQLException {
    boolean unused =
        onTarget(
            connection -> {
              LeaseSplits.ask(connection, lease.id(), lease.epoch());
              return true;
            });
  }

  /** What was given up and is no lease yet. */
  public List<Rest> rests() throws SQLException {
    return onTarget(LeaseSplits::rests);
  }

  /** A part that was given up is offered. */
  public void taken(Rest rest) throws SQLException {
    boolean unused =
        onTarget(
            connection -> {
              LeaseSplits.taken(connection, rest.id());
              return true;
            });
  }

  /** Forgets the leases of earlier runs, whose workers can write no more. */
  public void clear() throws SQLException {
    onTarget(
        connection -> {
          try (Statement delete = connection.createStatement()) {
            delete.executeUpdate("DELETE FROM picklift_lease_conflict");
            delete.executeUpdate("DELETE FROM picklift_lease_counts");
            delete.executeUpdate("DELETE FROM picklift_heartbeat");
            delete.executeUpdate("DELETE FROM picklift_lease");
          }
          LeaseSplits.clear(connection);
          return true;
        });
  }

  /**
   * Offers a range of keys, once for a step execution: where the answer is lost, this is done
   * again.
   *
   * @return the lease's id; its epoch is 1
   */
  public long offer(String step, long stepExecutionId) throws SQLException {
    String sql =
        """
        INSERT INTO picklift_lease
          (generation, step_name, step_execution_id, epoch, token, state, changed)
        VALUES (?, ?, ?, 1, ?, 'queued', UTC_TIMESTAMP(6))
        """;
    return onTarget(
        connection -> {
          Long offered = offered(connection, stepExecutionId);
          if (offered != null) {
            return offered;
          }
          try (PreparedStatement insert =
              connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            insert.setLong(1, generation.number());
            insert.setString(2, step);
            insert.setLong(3, stepExecutionId);
            insert.setString(4, UUID.randomUUID().toString());
            insert.executeUpdate();
            try (ResultSet key = insert.getGeneratedKeys()) {
              key.next();
              return key.getLong(1);
            }
          }
        });
  }

  private @Nullable Long offered(Connection connection, long stepExecutionId) throws SQLException {
    String sql =
        "SELECT lease_id FROM picklift_lease WHERE generation = ? AND step_execution_id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, generation.number());
      select.setLong(2, stepExecutionId);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : null;
      }
    }
  }

  /** All leases that are neither waiting to be taken nor counted already. */
  public List<Lease> current() throws SQLException {
    String sql =
        """
        SELECT l.lease_id, l.epoch, l.token, l.state, l.step_execution_id, l.worker, l.failures,
          l.failure, h.heard IS NULL OR h.heard < UTC_TIMESTAMP(6) - INTERVAL ? MICROSECOND,
          COALESCE(h.visited_rows, 0), COALESCE(h.unchanged_rows, 0), COALESCE(h.handed_on, 0),
          COALESCE(h.written, 0), COALESCE(h.quarantined, 0), COALESCE(h.blob_bytes, 0),
          COALESCE(h.mapped_rows, 0)
        FROM picklift_lease l
        LEFT JOIN picklift_heartbeat h ON h.lease_id = l.lease_id AND h.epoch = l.epoch
        WHERE l.generation = ? AND l.state IN ('held', 'done', 'failed', 'returned', 'expired')
        """;
    return onTarget(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, leaseMillis * MICROS);
            select.setLong(2, generation.number());
            List<Lease> leases = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                leases.add(lease(row));
              }
            }
            return leases;
          }
        });
  }

  private static Lease lease(ResultSet row) throws SQLException {
    return new Lease(
        row.getLong(1),
        row.getLong(2),
        row.getString(3),
        State.valueOf(row.getString(4).toUpperCase(java.util.Locale.ROOT)),
        row.getBoolean(9),
        row.getLong(5),
        row.getString(6),
        row.getInt(7),
        row.getString(8),
        new Progress(
            row.getLong(10),
            row.getLong(11),
            row.getLong(12),
            row.getLong(13),
            row.getLong(14),
            row.getLong(15),
            row.getLong(16)));
  }

  /**
   * Takes a lease away from a worker that was not heard of for too long. A commit that is under way
   * is waited for; a transaction that does not end is ended with its connection.
   *
   * @return whether it was: the worker may have been heard of meanwhile
   */
  public boolean expire(Lease lease) throws SQLException {
    String sql =
        """
        UPDATE picklift_lease
        SET epoch = epoch + 1, token = ?, state = 'expired', failures = failures + 1,
          changed = UTC_TIMESTAMP(6)
        WHERE lease_id = ? AND epoch = ? AND state = 'held' AND NOT EXISTS (
          SELECT 1 FROM picklift_heartbeat h
          WHERE h.lease_id = ? AND h.epoch = ?
            AND h.heard >= UTC_TIMESTAMP(6) - INTERVAL ? MICROSECOND)
        """;
    String marks = Takeover.leaseMarks(lease.token());
    return onTarget(
        connection -> {
          boolean isTaken =
              Takeover.taken(
                  connection,
                  () -> {
                    // A server may wait for the lease's row before it looks at the sign of life.
                    if (!isSilent(connection, lease)) {
                      return false;
                    }
                    try (PreparedStatement update = connection.prepareStatement(sql)) {
                      update.setString(1, UUID.randomUUID().toString());
                      update.setLong(2, lease.id());
                      update.setLong(3, lease.epoch());
                      update.setLong(4, lease.id());
                      update.setLong(5, lease.epoch());
                      update.setLong(6, leaseMillis * MICROS);
                      return update.executeUpdate() == 1;
                    }
                  },
                  () -> {
                    if (isSilent(connection, lease)) {
                      WriterMarks.end(connection, marks);
                    }
                  });
          if (isTaken) {
            WriterMarks.end(connection, marks);
          }
          return isTaken;
        });
  }

  private boolean isSilent(Connection connection, Lease lease) throws SQLException {
    String sql =
        """
        SELECT COUNT(*) FROM picklift_heartbeat
        WHERE lease_id = ? AND epoch = ? AND heard >= UTC_TIMESTAMP(6) - INTERVAL ? MICROSECOND
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, lease.id());
      select.setLong(2, lease.epoch());
      select.setLong(3, leaseMillis * MICROS);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1) == 0;
      }
    }
  }

  /**
   * Offers a lease again whose last attempt is over.
   *
   * @return the new epoch; null where the lease is not as it was
   */
  public @Nullable Long again(long leaseId, long stepExecutionId) throws SQLException {
    String sql =
        """
        UPDATE picklift_lease
        SET epoch = epoch + 1, token = ?, state = 'queued', step_execution_id = ?,
          changed = UTC_TIMESTAMP(6)
        WHERE lease_id = ? AND generation = ? AND state IN ('failed', 'returned', 'expired')
        """;
    return onTarget(
            connection -> {
              try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setString(1, UUID.randomUUID().toString());
                update.setLong(2, stepExecutionId);
                update.setLong(3, leaseId);
                update.setLong(4, generation.number());
                update.executeUpdate();
              }
              LeaseRow row = LeaseRow.read(connection, leaseId);
              return row.state().equals("queued") && row.stepExecutionId() == stepExecutionId
                  ? Optional.of(row.epoch())
                  : Optional.<Long>empty();
            })
        .orElse(null);
  }

  /** The result of an attempt is taken over. */
  public LeaseResult counted(long leaseId) throws SQLException {
    return onTarget(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE picklift_lease SET state = 'counted' WHERE lease_id = ?")) {
            update.setLong(1, leaseId);
            update.executeUpdate();
          }
          return LeaseResults.of(connection, leaseId);
        });
  }

  /** Leases that wait to be taken, each with its epoch. */
  public List<long[]> queued() throws SQLException {
    String sql =
        "SELECT lease_id, epoch FROM picklift_lease WHERE generation = ? AND state = 'queued'";
    return onTarget(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, generation.number());
            List<long[]> queued = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                queued.add(new long[] {row.getLong(1), row.getLong(2)});
              }
            }
            return queued;
          }
        });
  }

  /** Takes all leases away: from now on no worker writes for this run. */
  public void revoke() throws SQLException {
    for (Lease lease : current()) {
      onTarget(
          connection ->
              Takeover.taken(
                  connection,
                  () -> revoked(connection, lease.id()),
                  () -> WriterMarks.end(connection, Takeover.leaseMarks(lease.token()))));
    }
    onTarget(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE picklift_lease SET epoch = epoch + 1, state = 'revoked'"
                      + " WHERE generation = ? AND state = 'queued'")) {
            update.setLong(1, generation.number());
            return update.executeUpdate();
          }
        });
  }

  private static boolean revoked(Connection connection, long leaseId) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE picklift_lease SET epoch = epoch + 1, state = 'revoked' WHERE lease_id = ?")) {
      update.setLong(1, leaseId);
      return update.executeUpdate() == 1;
    }
  }

  private <T> T onTarget(Retry.ConnectionWork<T> work) throws SQLException {
    return Retry.connected(target, work);
  }
}
