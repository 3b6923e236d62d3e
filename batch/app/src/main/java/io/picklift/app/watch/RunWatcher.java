package io.picklift.app.watch;

import io.picklift.app.account.RunSummary;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.throttle.Politeness;

/** Is told of one run after the other. Not told of a run that a defect of Picklift ended. */
public interface RunWatcher {
  /**
   * A run begins.
   *
   * @return who receives the run's progress; hands all of it on to {@code next}
   */
  default ProgressListener began(ProgressListener next) {
    return next;
  }

  /** Source and target are open; {@code polite} knows what makes the run wait, until it ends. */
  default void opened(Politeness polite) {}

  /** The run came to its end, and counted this. */
  default void counted(RunSummary summary) {}

  /** The run follows the source's log and is so far; told about once a second. */
  default void followed(Followed followed) {}

  /** The run is over, and source and target are closed. */
  default void ended(RunEnd end) {}
}
