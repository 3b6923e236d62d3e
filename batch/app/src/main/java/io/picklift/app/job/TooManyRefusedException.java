package io.picklift.app.job;

/** Thrown where a run has quarantined more saves than its user allows. */
final class TooManyRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyRefusedException(long refused, long most) {
    super(
        refused
            + " saves were quarantined by this run, more than max_quarantine allows ("
            + most
            + "); picklift quarantine list shows them");
  }
}
