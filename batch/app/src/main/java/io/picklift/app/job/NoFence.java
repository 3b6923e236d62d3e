package io.picklift.app.job;

import io.picklift.app.lock.Fence;
import io.picklift.app.lock.LockLostException;
import java.sql.Connection;
import java.sql.SQLException;

/** Of a worker, which writes in attempts at ranges alone; each of these has a lease. */
final class NoFence implements Fence {
  @Override
  public void hold() throws SQLException {
    throw new LockLostException("a worker writes with a lease alone");
  }

  @Override
  public void mark(Connection connection) throws SQLException {
    hold();
  }

  @Override
  public void check(Connection connection) throws SQLException {
    hold();
  }
}
