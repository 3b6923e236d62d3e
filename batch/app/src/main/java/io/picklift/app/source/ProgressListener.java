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
   * The step's rows have about so many bytes of BLOBs, all together; told while it is under way.
   */
  default void sized(long bytes) {}

  /** So many more rows are done. */
  void done(long rows);

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
