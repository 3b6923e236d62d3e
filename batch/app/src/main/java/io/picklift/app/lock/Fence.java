package io.picklift.app.lock;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Keeps whoever lost the right to write into a target from writing: a process that was stopped, cut
 * off or slow goes on one day, in the middle of what it did. For any thread.
 */
public interface Fence {
  /**
   * Called before a transaction: makes sure, as far as this process can tell, that it may write.
   *
   * @throws LockLostException where another process may by now
   */
  void hold() throws SQLException;

  /**
   * Gives a connection that is going to write a mark, by which whoever takes over finds and ends
   * it. Called before a transaction.
   */
  void mark(Connection connection) throws SQLException;

  /**
   * The first statement of a transaction that writes saves. Until its end nobody can take over: who
   * wants to waits for it, or ends its connection.
   *
   * @throws LockLostException where another process may write by now
   */
  void check(Connection connection) throws SQLException;
}
