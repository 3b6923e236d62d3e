package io.picklift.app.restore;

import io.picklift.app.memory.LastResort;
import io.picklift.app.workers.scan.ScanWork;
import java.sql.SQLException;

/**
 * Who may enter a part of a restore at a time: several threads beside one another, or one with
 * nothing else at work. Waits before the transaction begins: what that locks, others may wait for
 * that are waited for.
 */
record RestoreTurn(LastResort lastResort) {
  /** Thrown out of a transaction that has to be done with nothing else at work. */
  static final class NeedsAllException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NeedsAllException() {
      super("there is not enough memory for a save beside others");
    }
  }

  /**
   * Does it beside others.
   *
   * @return whether it is done; else it needs all memory, and nothing of it is done
   */
  boolean beside(ScanWork.Entering entering) throws SQLException {
    try {
      Boolean isDone =
          lastResort.beside(
              () -> {
                entering.run();
                return true;
              });
      return isDone != null;
    } catch (NeedsAllException e) {
      return false;
    }
  }

  /** Does it with nothing else at work. */
  void alone(ScanWork.Entering entering) throws SQLException {
    Boolean isDone =
        lastResort.alone(
            () -> {
              entering.run();
              return true;
            });
    if (isDone == null) {
      throw new SQLException(
          "not enough memory for a part of the ledger, even alone; give Java a larger -Xmx");
    }
  }
}
