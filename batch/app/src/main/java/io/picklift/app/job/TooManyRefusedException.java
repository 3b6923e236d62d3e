package io.picklift.app.job;

/** More saves went into quarantine than the user lets a run put there. */
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
