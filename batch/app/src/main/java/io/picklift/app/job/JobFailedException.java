package io.picklift.app.job;

/**
 * A job that could not finish. What was committed stays; the same job goes on. The message is one
 * clear line.
 */
public final class JobFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  public JobFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  public JobFailedException(String message) {
    super(message);
  }
}
