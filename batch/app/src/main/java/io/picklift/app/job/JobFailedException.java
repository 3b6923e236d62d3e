package io.picklift.app.job;

/**
 * A job that could not finish. What was committed stays; the same job goes on. The message is one
 * clear line.
 */
public final class JobFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean isStopped;

  public JobFailedException(String message, Throwable cause) {
    super(message, cause);
    isStopped = false;
  }

  public JobFailedException(String message) {
    this(message, false);
  }

  private JobFailedException(String message, boolean isStopped) {
    super(message);
    this.isStopped = isStopped;
  }

  /** Of a job that was told to end. */
  static JobFailedException stopped(String message) {
    return new JobFailedException(message, true);
  }

  /** Whether somebody told the job to end. */
  public boolean isStopped() {
    return isStopped;
  }
}
