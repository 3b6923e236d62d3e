package io.picklift.app.workers.lease;

import io.picklift.app.lock.Fence;
import io.picklift.app.lock.Generation;
import io.picklift.app.lock.LockLostException;
import io.picklift.app.lock.Takeover;
import io.picklift.app.lock.WriterMarks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Lets a worker write as long as its lease is its own: each transaction looks at the generation and
 * at the lease's epoch, and keeps both as they are until it ends. For any thread.
 */
public final class LeaseFence implements Fence {
  // MariaDB has no FOR SHARE. Signs of life are in another table, whose rows are not locked.
  private static final String CHECK =
      """
      SELECT g.number, g.token, l.epoch, l.token, l.state
      FROM picklift_generation g JOIN picklift_lease l ON l.lease_id = ?
      WHERE g.generation_id = 1
      LOCK IN SHARE MODE
      """;

  private final Grant grant;
  private volatile boolean isLost;

  public LeaseFence(Grant grant) {
    this.grant = grant;
  }

  @Override
  public void hold() throws SQLException {
    if (isLost) {
      throw lost();
    }
  }

  @Override
  public void mark(Connection connection) throws SQLException {
    WriterMarks.markAnew(connection, Takeover.leaseMarks(grant.token()));
  }

  @Override
  public void check(Connection connection) throws SQLException {
    if (!isHeld(connection, CHECK)) {
      lose();
      throw lost();
    }
  }

  /** Whether the lease is still this worker's, without keeping it so. */
  boolean isHeld(Connection connection) throws SQLException {
    return isHeld(connection, CHECK.replace("LOCK IN SHARE MODE", ""));
  }

  private boolean isHeld(Connection connection, String sql) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, grant.leaseId());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            && grant.generation().equals(new Generation(row.getLong(1), row.getString(2)))
            && row.getLong(3) == grant.epoch()
            && grant.token().equals(row.getString(4))
            && "held".equals(row.getString(5));
      }
    }
  }

  /** The lease was taken away. */
  void lose() {
    isLost = true;
  }

  /** Whether it is known that the lease was taken away. */
  public boolean isLost() {
    return isLost;
  }

  private static LockLostException lost() {
    return new LockLostException(
        "the lease on a range of keys was taken away: this worker did not report for too long, or"
            + " another run began");
  }
}
