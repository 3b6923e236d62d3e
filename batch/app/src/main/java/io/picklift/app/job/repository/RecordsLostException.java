package io.picklift.app.job.repository;

/**
 * The server no longer has what it had committed about the run: it lost commits, or someone else
 * wrote there. What the run wrote is as whole as the ledger says.
 */
public final class RecordsLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RecordsLostException(Throwable cause) {
    super(
        "the target's server lost what it had committed about this run; the ledger says what stays,"
            + " run the same command again",
        cause);
  }
}
