package io.picklift.app.workers;

import io.picklift.app.workers.lease.Progress;
import java.sql.SQLException;

/** One attempt at a lease's range. */
public interface Attempt {
  /** Works; what goes wrong is told by {@link #end}. */
  void run();

  /** Tells the coordinator how it ended. */
  void end() throws SQLException;

  /** How far it is. For any thread. */
  Progress progress();

  /** Ends it after the batch at hand. For any thread. */
  void stop();
}
