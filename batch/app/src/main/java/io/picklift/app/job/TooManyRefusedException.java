package io.picklift.app.job;

import io.picklift.app.view.SaveCount;

/** Thrown where a run has quarantined more saves than its user allows. */
final class TooManyRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyRefusedException(long refused, long most) {
    super(
        SaveCount.were(refused)
            + " quarantined by this run, more than max_quarantine allows ("
            + most
            + "); picklift quarantine list shows them");
  }
}
