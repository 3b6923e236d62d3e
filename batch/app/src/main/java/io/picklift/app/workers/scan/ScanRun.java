package io.picklift.app.workers.scan;

import io.picklift.app.account.LedgerReport;
import io.picklift.app.database.Retry;
import io.picklift.app.poison.SavesInHand;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.workers.Coordinator;
import io.picklift.app.workers.SharedWork;
import io.picklift.app.workers.lease.LeaseResult;
import io.picklift.app.workers.lease.Progress;
import io.picklift.app.workers.lease.SharedRun;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** A scan whose ranges other processes work on. For the coordinator's thread. */
final class ScanRun implements SharedWork {
  private static final String ENGINE = "engine";

  private final DataSource target;
  private final Coordinator coordinator;
  private final SharedScan.Plan plan;
  private final ProgressListener progress;
  private final BooleanSupplier isOver;
  private boolean isLeft;

  ScanRun(
      DataSource target,
      Coordinator coordinator,
      SharedScan.Plan plan,
      ProgressListener progress,
      BooleanSupplier isOver) {
    this.target = target;
    this.coordinator = coordinator;
    this.plan = plan;
    this.progress = progress;
    this.isOver = isOver;
  }

  /** Thrown out of following workers. */
  private static final class LeftException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Override
  public void enter(long jobExecutionId) throws SQLException {
    Map<String, String> settings = plan.settings();
    boolean unused =
        Retry.connected(
            target,
            connection -> {
              new SharedRun(
                      coordinator.generation(),
                      1,
                      plan.source(),
                      jobExecutionId,
                      coordinator.same(),
                      settings.getOrDefault(ENGINE, ""),
                      "",
                      LedgerReport.now(connection),
                      null,
                      null,
                      coordinator.leaseMillis(),
                      coordinator.maxRate())
                  .enter(connection);
              return true;
            });
  }

  @Override
  public void check() {
    if (isOver.getAsBoolean()) {
      isLeft = true;
      throw new LeftException();
    }
  }

  /** Whether it was told to leave the rest. */
  boolean isLeft() {
    return isLeft;
  }

  @Override
  public void done(Progress more) {
    progress.done(more.visited());
    progress.worked(more.handedOn(), more.bytes());
  }

  @Override
  public void result(LeaseResult result) {
    // What was found lies in the target already.
  }

  @Override
  public void died(String token) throws SQLException {
    SavesInHand.ofScan(target, plan.source(), null).silent(token);
  }
}
