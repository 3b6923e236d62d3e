package io.picklift.app.workers.lease;

import io.picklift.app.database.LongStatement;
import io.picklift.app.database.Retry;
import io.picklift.app.lock.FencedTransaction;
import io.picklift.app.lock.Generation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What a worker does with a lease: takes it, gives signs of life, and gives it back. */
public final class HeldLease {
  private static final int LONGEST = 1_000;

  private final DataSource target;
  private final Grant grant;
  private final LeaseFence fence;
  private volatile boolean isSplitWanted;

  private HeldLease(DataSource target, Grant grant) {
    this.target = target;
    this.grant = grant;
    fence = new LeaseFence(grant);
  }

  /** How an attempt ended. */
  public enum End {
    DONE,
    /** The worker is told to stop, or cannot go on; another does the rest. */
    RETURNED,
    FAILED;

    String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * Takes a lease that was offered; null where it was taken, taken away, or is another run's.
   *
   * @param worker who asks, for people to read
   */
  public static @Nullable HeldLease take(
      DataSource target, Generation generation, long leaseId, long epoch, String worker)
      throws SQLException {
    String token = UUID.randomUUID().toString();
    return Retry.<Optional<HeldLease>>retrying(
            () -> {
              try (Connection connection = target.getConnection()) {
                LeaseRow row = LeaseRow.read(connection, leaseId);
                Grant grant =
                    new Grant(leaseId, epoch, token, generation, row.step(), row.stepExecutionId());
                // After an answer that was lost, the lease may be ours already.
                boolean isOurs = row.epoch() == epoch && row.token().equals(token);
                return isOurs || taken(connection, grant, worker)
                    ? Optional.of(new HeldLease(target, grant))
                    : Optional.empty();
              }
            })
        .orElse(null);
  }

  private static boolean taken(Connection connection, Grant grant, String worker)
      throws SQLException {
    String take =
        """
        UPDATE picklift_lease l
        JOIN picklift_generation g ON g.generation_id = 1 AND g.number = l.generation
        SET l.state = 'held', l.token = ?, l.worker = ?, l.changed = UTC_TIMESTAMP(6)
        WHERE l.lease_id = ? AND l.epoch = ? AND l.state = 'queued'
          AND g.number = ? AND g.token = ?
        """;
    String beat =
        """
        REPLACE INTO picklift_heartbeat (lease_id, epoch, heard) VALUES (?, ?, UTC_TIMESTAMP(6))
        """;
    connection.setAutoCommit(false);
    try (PreparedStatement update = connection.prepareStatement(take);
        PreparedStatement replace = connection.prepareStatement(beat)) {
      update.setString(1, grant.token());
      update.setString(2, worker);
      update.setLong(3, grant.leaseId());
      update.setLong(4, grant.epoch());
      update.setLong(5, grant.generation().number());
      update.setString(6, grant.generation().token());
      if (update.executeUpdate() != 1) {
        return false;
      }
      replace.setLong(1, grant.leaseId());
      replace.setLong(2, grant.epoch());
      replace.executeUpdate();
      connection.commit();
      return true;
    } finally {
      // Undoes what was not committed.
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  public Grant grant() {
    return grant;
  }

  public LeaseFence fence() {
    return fence;
  }

  /**
   * Says that the worker lives, and how far it is.
   *
   * @return whether the lease is still its own
   */
  public boolean beat(Progress progress) throws SQLException {
    try (Connection connection = target.getConnection()) {
      boolean isHeard = beat(connection, progress);
      if (!isHeard || !fence.isHeld(connection)) {
        fence.lose();
      }
      isSplitWanted = LeaseSplits.isAsked(connection, grant);
      return !fence.isLost();
    }
  }

  /** Whether somebody else has nothing to do, and is to get a part of this lease's range. */
  public boolean isSplitWanted() {
    return isSplitWanted;
  }

  /**
   * How a range is split.
   *
   * @param kept the step's context of what its worker keeps
   * @param rest that of the part which it gives up
   */
  public record Given(String kept, String rest) {}

  /**
   * Gives up a part of the range: from now on this and any later attempt at the lease are for what
   * is kept alone.
   *
   * @param give says what, in the transaction in which it is entered
   */
  public void split(LongStatement.Work<Given> give) throws SQLException {
    FencedTransaction.run(
        fence,
        target,
        connection -> {
          Given given = give.run(connection);
          LeaseSplits.enter(connection, grant, given.kept(), given.rest());
        });
    isSplitWanted = false;
  }

  private boolean beat(Connection connection, Progress progress) throws SQLException {
    String sql =
        """
        UPDATE picklift_heartbeat
        SET heard = UTC_TIMESTAMP(6), visited_rows = ?, unchanged_rows = ?, handed_on = ?,
          written = ?, quarantined = ?, blob_bytes = ?, mapped_rows = ?
        WHERE lease_id = ? AND epoch = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, progress.visited());
      update.setLong(2, progress.unchanged());
      update.setLong(3, progress.handedOn());
      update.setLong(4, progress.written());
      update.setLong(5, progress.quarantined());
      update.setLong(6, progress.bytes());
      update.setLong(7, progress.mappedRows());
      update.setLong(8, grant.leaseId());
      update.setLong(9, grant.epoch());
      return update.executeUpdate() == 1;
    }
  }

  /**
   * Ends the attempt, with its result.
   *
   * @param failure why it failed; null where it did not
   * @return whether that counts: the lease was still this worker's
   */
  public boolean end(End end, Progress progress, LeaseResult result, @Nullable String failure)
      throws SQLException {
    return Retry.retrying(
        () -> {
          try (Connection connection = target.getConnection()) {
            connection.setAutoCommit(false);
            try {
              if (!ended(connection, end, failure)) {
                return LeaseRow.read(connection, grant.leaseId()).isEndOf(grant, end);
              }
              beat(connection, progress);
              LeaseResults.enter(connection, grant.leaseId(), result);
              connection.commit();
              return true;
            } finally {
              // Undoes what was not committed.
              connection.rollback();
              connection.setAutoCommit(true);
            }
          }
        });
  }

  private boolean ended(Connection connection, End end, @Nullable String failure)
      throws SQLException {
    String sql =
        """
        UPDATE picklift_lease
        SET state = ?, failure = ?, failures = failures + ?, changed = UTC_TIMESTAMP(6)
        WHERE lease_id = ? AND epoch = ? AND token = ? AND state = 'held'
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, end.text());
      update.setString(
          2,
          failure == null || failure.length() <= LONGEST ? failure : failure.substring(0, LONGEST));
      update.setInt(3, end == End.FAILED ? 1 : 0);
      update.setLong(4, grant.leaseId());
      update.setLong(5, grant.epoch());
      update.setString(6, grant.token());
      return update.executeUpdate() == 1;
    }
  }
}
