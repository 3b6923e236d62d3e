package io.picklift.app.source;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Keeps a process from writing rows of the source that another one may write by now. For any
 * thread.
 */
public interface RowGuard {
  /** Called with a connection before it locks a row. */
  void begin(Connection source) throws SQLException;

  /**
   * Called while the rows are locked, before what was done is committed.
   *
   * @throws SQLException where it may not be
   */
  void check() throws SQLException;

  /** Ends the connections with which a former process may be in a transaction still. */
  void endOthers(Connection source) throws SQLException;
}
