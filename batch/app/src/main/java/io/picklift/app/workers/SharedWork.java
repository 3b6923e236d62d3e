package io.picklift.app.workers;

import io.picklift.app.workers.lease.LeaseResult;
import io.picklift.app.workers.lease.Progress;
import java.sql.SQLException;

/** The run whose work is shared out, as its coordinator sees it. */
public interface SharedWork {
  /** Tells workers what the run is. */
  void enter(long jobExecutionId) throws SQLException;

  /** Waits while the run is paused; throws where it was told to stop. */
  void check();

  /** So much more is done, by all workers together. */
  void done(Progress more);

  /** A range is done; this is what the attempt that did it left behind. */
  void result(LeaseResult result);

  /** A worker died, hung or was cut off: what it had in hand may be the reason. */
  void died(String token) throws SQLException;
}
