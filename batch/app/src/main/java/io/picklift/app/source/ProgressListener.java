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

  /** So many more rows are done. */
  void done(long rows);

  /** A line for whoever watches. */
  default void say(String line) {}
}
