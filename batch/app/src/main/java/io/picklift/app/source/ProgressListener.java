package io.picklift.app.source;

/** Receives the progress of a job. Called by several threads. */
public interface ProgressListener {
  /** Nobody watches. */
  ProgressListener NONE =
      new ProgressListener() {
        @Override
        public void start(String what, long rows) {}

        @Override
        public void done(long rows) {}
      };

  /** A step begins. */
  void start(String what, long rows);

  /**
   * All rows of a step have about so many bytes of BLOBs. Told while it is under way, or when it is
   * over.
   *
   * @param what the step, as it was started
   */
  default void sized(String what, long bytes) {}

  /**
   * Once a step is over, the run still takes about so much of the time that the step takes.
   *
   * @param what the step, as it was started
   */
  default void followed(String what, double share) {}

  /** So many more rows are done. */
  void done(long rows);

  /** All of a step is done with so many saves, which have so many bytes of BLOBs. */
  default void worked(long saves, long bytes) {}

  /** So many saves were read from the source, with so many bytes of BLOBs. */
  default void read(long saves, long bytes) {}

  /**
   * Saves were written into the target.
   *
   * @param quarantined those of them that were refused
   * @param rows of the mapped tables
   * @param nanos how long that took
   */
  default void wrote(long saves, long quarantined, long rows, long nanos) {}

  /** A line for whoever watches. */
  default void say(String line) {}
}
